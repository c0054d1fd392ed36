using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Stages;

/// <summary>Finds DHCP for IPv4 in a frame.</summary>
internal static class DhcpExchange
{
    public static bool TryRead(ref readonly Frame frame, out DhcpView dhcp)
    {
        dhcp = default;
        var layout = frame.Layout;
        if (!layout.IsIpv4 || layout.Protocol != IpProtocol.Udp || layout.IsFragment)
        {
            return false;
        }

        int from = layout.SourcePort(frame.Bytes);
        int to = layout.DestinationPort(frame.Bytes);
        return from is DhcpView.ClientPort or DhcpView.ServerPort
            && to is DhcpView.ClientPort or DhcpView.ServerPort
            && DhcpView.TryParse(layout.Payload(frame.Bytes), out dhcp);
    }
}
