using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Stages;

/// <summary>VNI 0 is between endpoints: BFD, and nothing else (reference: nsx-dataplane.md, 1.5).</summary>
internal sealed class TunnelManagement(PacketContext context) : IStage
{
    public string Name => "tunnel-management";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Segment is not null)
        {
            return Verdict.Continue;
        }

        var layout = frame.Layout;
        if (layout.Protocol != IpProtocol.Udp
            || !layout.HasPorts
            || layout.DestinationPort(frame.Bytes) != BfdView.UdpPort
            || !BfdView.TryParse(layout.Payload(frame.Bytes), out var bfd)
            || frame.Tunnel.Tep is not { } tep)
        {
            return Verdict.Drop(DropReason.UplinkRxSystemError);
        }

        context.Count(ref frame, HostEvent.BfdRx);
        tep.Session.Receive(bfd, frame.Now);
        return Verdict.Consumed;
    }
}
