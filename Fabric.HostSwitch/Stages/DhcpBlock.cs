using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>No DHCP clients, or no DHCP servers, behind a port (reference: nsx-dataplane.md, 3.4).</summary>
internal sealed class DhcpBlock : IStage
{
    public string Name => "dhcp-block";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Layout.Protocol != IpProtocol.Udp || !frame.Layout.HasPorts)
        {
            return Verdict.Continue;
        }

        var security = frame.Port!.Security;
        int from = frame.Layout.SourcePort(frame.Bytes);
        int to = frame.Layout.DestinationPort(frame.Bytes);
        var reason = frame.Layout.IsIpv4
            ? to switch
            {
                67 when security.DhcpClientBlockIpv4 && from != 67 => DropReason.DhcpClientBlockIpv4, // a relay speaks from 67
                68 when security.DhcpServerBlockIpv4 => DropReason.DhcpServerBlockIpv4, // server to relay is to 67, and passes
                _ => DropReason.None,
            }
            : from switch
            {
                546 when security.DhcpClientBlockIpv6 => DropReason.DhcpClientBlockIpv6,
                547 when security.DhcpServerBlockIpv6 => DropReason.DhcpServerBlockIpv6,
                _ => DropReason.None,
            };
        return reason == DropReason.None ? Verdict.Continue : Verdict.Drop(reason);
    }
}
