using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// The routers' side of ARP and neighbor discovery: answers for the gateways' addresses, from ports, and takes the answers to
/// questions of this host's routers, from wherever they come (reference: nsx-dataplane.md, 5.4).
/// </summary>
internal sealed class NeighborIntake(PacketContext context, HostTables tables, Neighbors neighbors) : IStage
{
    public string Name => "neighbor-intake";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Segment!.Gateways.Length == 0)
        {
            return Verdict.Continue;
        }

        if (frame.Layout.IsArp)
        {
            return TakeArp(ref frame);
        }

        return frame.Layout is { IsIpv6: true, Protocol: IpProtocol.IcmpV6, IsFragment: false } ? TakeNeighborDiscovery(ref frame) : Verdict.Continue;
    }

    private Verdict TakeArp(ref Frame frame)
    {
        _ = ArpView.TryParse(frame.Layout.Network(frame.Bytes), out var arp);
        if (arp.Operation == ArpOperation.Reply && IsToUs(frame.Destination))
        {
            if (!frame.IsDryRun && !arp.SenderMac.IsGroup)
            {
                neighbors.Answered(frame.Segment!, arp.SenderAddress, arp.SenderMac, frame.Now);
            }

            return Verdict.Consumed;
        }

        // Each host's own router answers its own VMs, so a question from a tunnel is for a VM, if for anyone.
        if (arp.Operation != ArpOperation.Request
            || frame.Port is not { } asker
            || arp.IsGratuitous
            || Gateway.OwnerOf(frame.Segment!, arp.TargetAddress) is not { } gateway)
        {
            return Verdict.Continue;
        }

        context.Count(ref frame, HostEvent.ArpRequestRx);
        context.Count(ref frame, HostEvent.ArpResponseTx);
        if (!frame.IsDryRun)
        {
            var reply = context.Pool.Take();
            HostFrames.ArpReply(reply, gateway.Mac, arp.TargetAddress, arp.SenderMac, arp.SenderAddress);
            context.Emissions.ToPort(reply, asker);
        }

        return Verdict.Consumed;
    }

    private Verdict TakeNeighborDiscovery(ref Frame frame)
    {
        if (!NeighborDiscoveryView.TryParse(frame.Layout.Transport(frame.Bytes), out var message))
        {
            return Verdict.Continue;
        }

        if (message.Type == IcmpV6Type.NeighborAdvertisement && IsToUs(frame.Destination))
        {
            if (!frame.IsDryRun)
            {
                var mac = message.TryGetLinkAddress(out var link) ? link : frame.Source;
                neighbors.Answered(frame.Segment!, message.Target, mac, frame.Now);
            }

            return Verdict.Consumed;
        }

        if (message.Type != IcmpV6Type.NeighborSolicitation
            || frame.Port is not { } asker
            || Gateway.OwnerOf(frame.Segment!, message.Target) is not { } gateway)
        {
            return Verdict.Continue;
        }

        context.Count(ref frame, HostEvent.NdSolicitationRx);
        context.Count(ref frame, HostEvent.NdAdvertisementTx);
        if (!frame.IsDryRun)
        {
            var reply = context.Pool.Take();
            HostFrames.NeighborAdvertisement(
                reply, gateway.Mac, message.Target, frame.Source, frame.Layout.Source(frame.Bytes), isRouter: true);
            context.Emissions.ToPort(reply, asker);
        }

        return Verdict.Consumed;
    }

    private bool IsToUs(MacAddress destination) => destination == tables.HostMac || destination == tables.VdrMac;
}
