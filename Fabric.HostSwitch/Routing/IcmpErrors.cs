using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Routing;

/// <summary>
/// ICMP errors to the VM whose packet could not go on. They go through that port's checks on the way in, where the connection they
/// quote lets them pass; and so many a second only (RFC 1812, section 4.3.2.8).
/// </summary>
internal sealed class IcmpErrors(PacketContext context)
{
    private const uint PerSecond = 1000;

    private readonly RateLimit _limit = new();

    public void TimeExceeded(ref Frame frame) => Send(ref frame, new IcmpHeader(IcmpType.TimeExceeded), new IcmpHeader(IcmpV6Type.TimeExceeded), null);

    /// <summary>Net unreachable; of IPv6, no route.</summary>
    public void NoRoute(ref Frame frame)
        => Send(ref frame, new IcmpHeader(IcmpType.DestinationUnreachable), new IcmpHeader(IcmpV6Type.DestinationUnreachable), null);

    /// <summary>Host unreachable; of IPv6, address unreachable.</summary>
    public void NoNeighbor(ref Frame frame)
        => Send(ref frame, new IcmpHeader(IcmpType.DestinationUnreachable, 1), new IcmpHeader(IcmpV6Type.DestinationUnreachable, 3), null);

    public void PortUnreachable(ref Frame frame, IpAddress own)
        => Send(ref frame, new IcmpHeader(IcmpType.DestinationUnreachable, 3), new IcmpHeader(IcmpV6Type.DestinationUnreachable, 4), own);

    /// <summary>Says how large a packet may be: from the router it passed or, of a bridged one, from its destination (reference: nsx-dataplane.md, 1.5).</summary>
    public void TooBig(ref Frame frame, int mtu)
    {
        if (!frame.Layout.IsIp)
        {
            return;
        }

        IpAddress? from = frame.RoutedBy is null && frame.Gateway is null ? frame.Layout.Destination(frame.Bytes) : null;
        if (Send(ref frame, IcmpHeader.FragmentationNeeded(mtu), IcmpHeader.PacketTooBig(Math.Max(mtu, 1280)), from))
        {
            context.Counters.Count(HostEvent.TooBigAnswered);
        }
    }

    private bool Send(ref Frame frame, IcmpHeader v4, IcmpHeader v6, IpAddress? speaker)
    {
        if (frame.IsDryRun
            || frame.Ingress is not { Segment: not null } port
            || frame.Layout.NetworkOffset != EthernetHeader.Length
            || !HostFrames.MayAnswerWithError(frame.Bytes, frame.Layout))
        {
            return false;
        }

        bool ipv4 = frame.Layout.IsIpv4;
        IpAddress from;
        if (speaker is { } given)
        {
            from = given;
        }
        else if ((frame.Gateway ?? frame.RoutedBy)?.TryGetAddress(ipv4, out from) != true)
        {
            return false; // a router without an address of this family has no name to speak by
        }

        if (!_limit.Allows(PerSecond, frame.Now))
        {
            return false;
        }

        // Until a router rewrote it the frame itself says whom it came from and whom it asked.
        bool isRewritten = frame.RoutedBy is not null;
        var to = isRewritten ? frame.SenderMac : frame.Source;
        var fromMac = isRewritten ? frame.Source : frame.Destination;
        var error = context.Pool.Take();
        HostFrames.IcmpError(error, frame.Bytes, frame.Layout, from, fromMac, ipv4 ? v4 : v6);
        to.Write(error.Bytes);
        context.Emissions.ToPort(error, port);
        return true;
    }
}
