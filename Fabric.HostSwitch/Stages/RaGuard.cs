using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Stages;

/// <summary>Drops router advertisements of VMs, and neighbor discovery that cannot be read (reference: nsx-dataplane.md, 3.4; RFC 6105).</summary>
internal sealed class RaGuard : IStage
{
    public string Name => "ra-guard";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Layout.Protocol != IpProtocol.IcmpV6 || !frame.Layout.IsIpv6 || frame.Layout.IsLaterFragment)
        {
            return Verdict.Continue;
        }

        var message = frame.Layout.Transport(frame.Bytes);
        var type = (IcmpV6Type)message[0];
        if (type is < IcmpV6Type.RouterSolicitation or > IcmpV6Type.Redirect)
        {
            return Verdict.Continue;
        }

        // Fragmented neighbor discovery hides what it is (RFC 6980, section 5), and a hop limit below 255 came from afar.
        bool isReadable = !frame.Layout.IsFragment
            && frame.Layout.TimeToLive(frame.Bytes) == NeighborHeader.HopLimit
            && NeighborDiscoveryView.TryParse(message, out _);
        if (!isReadable)
        {
            return Verdict.Drop(DropReason.NdParseError);
        }

        return type == IcmpV6Type.RouterAdvertisement && frame.Port!.Security.RaGuard ? Verdict.Drop(DropReason.RaGuard) : Verdict.Continue;
    }
}
