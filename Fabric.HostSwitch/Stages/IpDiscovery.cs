using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Learns which addresses a VM uses, from its ARP, neighbor discovery and DHCP. Drops nothing, and stands before SpoofGuard, which
/// could else never see a first address (reference: nsx-dataplane.md, 3.2).
/// </summary>
internal sealed class IpDiscovery(PacketContext context) : IStage
{
    public string Name => "ip-discovery";

    public Verdict Run(ref Frame frame)
    {
        if (frame.IsDryRun)
        {
            return Verdict.Continue;
        }

        var profile = frame.Port!.IpDiscovery;
        var layout = frame.Layout;
        if (layout.IsArp)
        {
            if (profile.ArpSnooping)
            {
                SnoopArp(ref frame);
            }
        }
        else if (layout is { IsIpv6: true, Protocol: IpProtocol.IcmpV6, IsFragment: false })
        {
            if (profile.NdSnooping)
            {
                SnoopNeighborDiscovery(ref frame);
            }
        }
        else if (profile.DhcpSnooping && DhcpExchange.TryRead(in frame, out var dhcp) && dhcp.IsRequest && dhcp.MessageType == DhcpMessageType.Release)
        {
            if (frame.Port.State.Addresses.Forget(frame.Port, dhcp.ClientMac, dhcp.ClientAddress, BindingSource.DhcpSnooping))
            {
                Changed(ref frame);
            }
        }

        return Verdict.Continue;
    }

    private void SnoopArp(ref Frame frame)
    {
        _ = ArpView.TryParse(frame.Layout.Network(frame.Bytes), out var arp);
        var ip = arp.SenderAddress;
        if (!ip.IsUnspecified && !ip.IsMulticast && arp.SenderMac == frame.Source)
        {
            Observe(ref frame, arp.SenderMac, ip, BindingSource.ArpSnooping);
        }
    }

    private void SnoopNeighborDiscovery(ref Frame frame)
    {
        if (!NeighborDiscoveryView.TryParse(frame.Layout.Transport(frame.Bytes), out var message))
        {
            return;
        }

        var source = frame.Source;
        if (message.TryGetLinkAddress(out var link) && link != source)
        {
            return;
        }

        var ip = message.Type switch
        {
            IcmpV6Type.NeighborSolicitation => frame.Layout.Source(frame.Bytes),
            IcmpV6Type.NeighborAdvertisement => message.Target,
            _ => default,
        };
        if (ip != default && !ip.IsUnspecified && !ip.IsMulticast)
        {
            Observe(ref frame, source, ip, BindingSource.NdSnooping);
        }
    }

    private void Observe(ref Frame frame, MacAddress mac, IpAddress ip, BindingSource source)
    {
        var seen = new DiscoveredAddress(mac, ip, frame.VlanAtEntry, source, frame.Now, frame.Now, DiscoveredAddress.Never);
        if (frame.Port!.State.Addresses.Observe(frame.Port, seen))
        {
            Changed(ref frame);
        }
    }

    private void Changed(ref Frame frame)
    {
        context.ChangedDiscoveries.Add(frame.Port!.Id);
        context.ForgetFlows(); // SpoofGuard may think otherwise now
    }
}
