using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.Packets.Addresses;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Stages;

/// <summary>On the way to a VM: the DHCP acknowledgement that gives it an address, for as long as the lease lasts (reference: nsx-dataplane.md, 3.2).</summary>
internal sealed class DhcpLeases(PacketContext context) : IStage
{
    public string Name => "dhcp-leases";

    public Verdict Run(ref Frame frame)
    {
        var port = frame.Port!;
        if (frame.IsDryRun
            || !port.IpDiscovery.DhcpSnooping
            || !DhcpExchange.TryRead(in frame, out var dhcp)
            || dhcp.IsRequest
            || dhcp.MessageType != DhcpMessageType.Ack
            || dhcp.YourAddress.IsUnspecified
            || !IsFor(port, dhcp.ClientMac))
        {
            return Verdict.Continue;
        }

        long ends = dhcp.LeaseTime is 0 or uint.MaxValue ? DiscoveredAddress.Never : frame.Now + (dhcp.LeaseTime * 1000L);
        var lease = new DiscoveredAddress(dhcp.ClientMac, dhcp.YourAddress, port.Tag, BindingSource.DhcpSnooping, frame.Now, frame.Now, ends);
        if (port.State.Addresses.Observe(port, lease))
        {
            context.ChangedDiscoveries.Add(port.Id);
            context.ForgetFlows();
        }

        return Verdict.Continue;
    }

    private static bool IsFor(Tables.LogicalPort port, MacAddress client)
        => port.Tag < 0
            ? port.Mac == client || port.State.Macs.Contains(client)
            : Array.IndexOf(port.BoundMacs, client) >= 0 || port.State.Macs.Contains(client);
}
