using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// The distributed router at the sender's host: takes what is sent to its MAC, goes through as many routers as the host holds on the
/// way, and leaves the packet on its destination's logical switch (reference: nsx-dataplane.md, 5.3, 5.4 and 10.3).
/// </summary>
internal sealed class DistributedRouter(PacketContext context, HostTables tables, Neighbors neighbors, IcmpErrors errors) : IStage
{
    private const int MostRouters = 8; // a tier-1, a tier-0 and a tier-1 are three; more than these is a loop

    public string Name => "router";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Segment!.Gateways.Length == 0)
        {
            return Verdict.Continue;
        }

        var destination = frame.Destination;
        bool isToRouter = destination == tables.VdrMac || destination == frame.Segment.Gateways[0].Mac || RouterMacs.IsOfAHost(destination);
        return isToRouter && frame.Layout.IsIp && !IsNeighborDiscovery(in frame) ? Route(ref frame) : Verdict.Continue;
    }

    // Never routed (its hop limit says so): an answer to another host's router goes on to that host.
    private static bool IsNeighborDiscovery(ref readonly Frame frame)
        => frame.Layout is { IsIpv6: true, Protocol: IpProtocol.IcmpV6, IsLaterFragment: false }
            && (IcmpV6Type)frame.Bytes[frame.Layout.TransportOffset] is >= IcmpV6Type.RouterSolicitation and <= IcmpV6Type.Redirect;

    private Verdict Route(ref Frame frame)
    {
        var layout = frame.Layout;
        bool ipv4 = layout.IsIpv4;
        bool hasOptions = ipv4 && layout.TransportOffset - layout.NetworkOffset != Ipv4View.MinimumHeaderLength;
        if (layout.NetworkOffset != EthernetHeader.Length || hasOptions)
        {
            return Verdict.Drop(DropReason.RouterParsing);
        }

        var source = layout.Source(frame.Bytes);
        var destination = layout.Destination(frame.Bytes);
        var ingress = Gateway.For(frame.Segment!, source)!;
        frame.Gateway = ingress;
        context.Count(ref frame, ipv4 ? HostEvent.RoutedRxIpv4 : HostEvent.RoutedRxIpv6);
        if (destination.IsMulticast || (ipv4 && destination.Ipv4 == uint.MaxValue))
        {
            return Verdict.Drop(DropReason.RouterMulticast);
        }

        if (ingress.IsUrpfStrict && !IsBehind(ingress, source))
        {
            return Verdict.Drop(ipv4 ? DropReason.RpfIpv4 : DropReason.RpfIpv6);
        }

        var verdict = Walk(ref frame, ingress.Router, destination, out var hop, out int hops);
        return verdict.Ends ? verdict : Leave(ref frame, hop, hops);
    }

    // From router to router of this host, to the interface that the packet leaves by.
    private Verdict Walk(ref Frame frame, LogicalRouter router, IpAddress destination, out NextHop hop, out int hops)
    {
        bool ipv4 = frame.Layout.IsIpv4;
        int timeToLive = frame.Layout.TimeToLive(frame.Bytes);
        hop = default;
        for (hops = 0; hops < MostRouters;)
        {
            if (IsOwn(router, destination))
            {
                return Consume(ref frame, destination);
            }

            if (timeToLive - hops <= 1)
            {
                errors.TimeExceeded(ref frame);
                return Verdict.Drop(ipv4 ? DropReason.TtlIpv4 : DropReason.TtlIpv6);
            }

            hops++;
            if (!router.Routes.TryFind(destination, out var route, out _))
            {
                errors.NoRoute(ref frame);
                return Verdict.Drop(ipv4 ? DropReason.NoRouteIpv4 : DropReason.NoRouteIpv6);
            }

            switch (route)
            {
                case Route.Connected connected:
                    hop = new NextHop(connected.Interface, destination);
                    return Verdict.Continue;
                case Route.Via via:
                    hop = via.NextHops[FlowHash.Of(frame.Bytes, frame.Layout) % via.NextHops.Length];
                    return Verdict.Continue;
                case Route.Continue next:
                    router = next.Router;
                    break;
                default:
                    return Verdict.Drop(ipv4 ? DropReason.DropRouteIpv4 : DropReason.DropRouteIpv6);
            }
        }

        return Verdict.Drop(DropReason.RouterDispatch);
    }

    private Verdict Leave(ref Frame frame, NextHop hop, int hops)
    {
        bool ipv4 = frame.Layout.IsIpv4;
        var egress = hop.Interface;
        if (frame.Layout.NetworkLength > egress.Mtu)
        {
            errors.TooBig(ref frame, egress.Mtu);
            return Verdict.Drop(DropReason.PacketAttribute);
        }

        bool isKnown = Neighbors.TryFind(egress.Segment!, hop.Address, out var mac);
        var bytes = frame.Buffer.Bytes;
        frame.SenderMac = frame.Source;
        EthernetEdits.ReplaceMacs(bytes, mac, egress.Mac);
        for (int hopped = 0; hopped < hops; hopped++)
        {
            IpEdits.DecrementTimeToLive(bytes, frame.Layout);
        }

        frame.Segment = egress.Segment;
        frame.RoutedBy = egress;
        frame.Recipe.Hops = (byte)hops;
        frame.Recipe.MaxNetworkLength = Math.Min(frame.Recipe.MaxNetworkLength, egress.Mtu);
        if (frame.Trace is { } trace)
        {
            trace.Detail = $"by {egress.PortId} to {hop.Address}";
        }

        if (!isKnown)
        {
            return neighbors.Hold(ref frame, egress, hop.Address, tables.HostMac);
        }

        context.Count(ref frame, ipv4 ? HostEvent.RoutedTxIpv4 : HostEvent.RoutedTxIpv6);
        return Verdict.Continue;
    }

    private Verdict Consume(ref Frame frame, IpAddress own)
    {
        bool ipv4 = frame.Layout.IsIpv4;
        frame.Trace?.Detail = $"for the router's own {own}";
        if (frame.Layout.IsFragment || frame.Ingress is not { Segment: not null } port)
        {
            return Verdict.Consumed;
        }

        var message = frame.Layout.Transport(frame.Bytes);
        bool isEcho = frame.Layout.Protocol switch
        {
            IpProtocol.Icmp => (IcmpType)message[0] == IcmpType.EchoRequest,
            IpProtocol.IcmpV6 => (IcmpV6Type)message[0] == IcmpV6Type.EchoRequest,
            _ => false,
        };
        if (isEcho)
        {
            context.Count(ref frame, ipv4 ? HostEvent.ConsumedIcmpv4 : HostEvent.ConsumedIcmpv6);
            if (!frame.IsDryRun)
            {
                var reply = context.Pool.Take();
                HostFrames.EchoReply(reply, frame.Bytes, frame.Layout);
                context.Emissions.ToPort(reply, port);
            }
        }
        else if (frame.Layout.Protocol == IpProtocol.Udp)
        {
            errors.PortUnreachable(ref frame, own);
        }

        return Verdict.Consumed;
    }

    private static bool IsOwn(LogicalRouter router, IpAddress address)
    {
        foreach (var own in router.Interfaces)
        {
            if (own.Owns(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBehind(RouterInterface ingress, IpAddress source)
    {
        if (!ingress.Router.Routes.TryFind(source, out var route, out _))
        {
            return false;
        }

        return route switch
        {
            Route.Connected connected => connected.Interface == ingress,
            Route.Via via => Array.Exists(via.NextHops, hop => hop.Interface == ingress),
            _ => false,
        };
    }
}
