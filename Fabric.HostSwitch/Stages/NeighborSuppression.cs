using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Answers ARP requests and neighbor solicitations for their target, where its MAC is known, so that they need not be flooded.
/// Gratuitous ARP and probes go on: they tell or ask everyone (reference: nsx-dataplane.md, 5.5).
/// </summary>
internal sealed class NeighborSuppression(PacketContext context) : IStage
{
    public string Name => "neighbor-suppression";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Layout.IsArp)
        {
            return SuppressArp(ref frame);
        }

        bool mayBeSolicitation = frame.Layout is { IsIpv6: true, Protocol: IpProtocol.IcmpV6, IsFragment: false } && (frame.Bytes[0] & 1) != 0;
        return mayBeSolicitation ? SuppressSolicitation(ref frame) : Verdict.Continue;
    }

    private Verdict SuppressArp(ref Frame frame)
    {
        _ = ArpView.TryParse(frame.Layout.Network(frame.Bytes), out var arp);
        if (arp.Operation != ArpOperation.Request || arp.IsProbe || arp.IsGratuitous || Gateway.OwnerOf(frame.Segment!, arp.TargetAddress) is not null)
        {
            return Verdict.Continue;
        }

        if (!TryFind(frame.Segment!, arp.TargetAddress, out var mac) || mac == arp.SenderMac)
        {
            context.Count(ref frame, HostEvent.ArpProxyUnknown);
            return Verdict.Continue;
        }

        if (!frame.IsDryRun)
        {
            var reply = context.Pool.Take();
            HostFrames.ArpReply(reply, mac, arp.TargetAddress, arp.SenderMac, arp.SenderAddress);
            context.Emissions.ToPort(reply, frame.Port!);
        }

        context.Count(ref frame, HostEvent.ArpProxyRequestSuppressed);
        context.Count(ref frame, HostEvent.ArpProxyResponse);
        return Verdict.Consumed;
    }

    private Verdict SuppressSolicitation(ref Frame frame)
    {
        if (!NeighborDiscoveryView.TryParse(frame.Layout.Transport(frame.Bytes), out var message)
            || message.Type != IcmpV6Type.NeighborSolicitation)
        {
            return Verdict.Continue;
        }

        var asker = frame.Layout.Source(frame.Bytes);
        if (asker.IsUnspecified || Gateway.OwnerOf(frame.Segment!, message.Target) is not null)
        {
            return Verdict.Continue;
        }

        if (!TryFind(frame.Segment!, message.Target, out var mac) || mac == frame.Source)
        {
            context.Count(ref frame, HostEvent.NdProxyUnknown);
            return Verdict.Continue;
        }

        if (!frame.IsDryRun)
        {
            var reply = context.Pool.Take();
            HostFrames.NeighborAdvertisement(reply, mac, message.Target, frame.Source, asker, isRouter: false);
            context.Emissions.ToPort(reply, frame.Port!);
        }

        context.Count(ref frame, HostEvent.NdProxyRequestSuppressed);
        context.Count(ref frame, HostEvent.NdProxyResponse);
        return Verdict.Consumed;
    }

    private static bool TryFind(Segment segment, IpAddress ip, out MacAddress mac)
    {
        foreach (var port in segment.Ports)
        {
            if (port.TryFindMac(ip, out mac))
            {
                return true;
            }
        }

        return segment.Neighbors.TryGetValue(ip, out mac);
    }
}
