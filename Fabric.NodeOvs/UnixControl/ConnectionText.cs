using Fabric.NodeOvs.Datapath.Connections;
using Fabric.Packets.Addresses;
using Fabric.Packets.Flows;

namespace Fabric.NodeOvs.UnixControl;

/// <summary>A connection as <c>dpctl/dump-conntrack</c> prints it (ovs-dpctl(8)).</summary>
internal static class ConnectionText
{
    public static string Format(TrackedConnection connection)
    {
        string protocol = connection.Original.Protocol.ToString().ToLowerInvariant();
        string mark = connection.Mark != 0 ? $",mark={connection.Mark}" : "";
        string zone = connection.Zone != 0 ? $",zone={connection.Zone}" : "";
        string label = connection.Label != 0 ? $",labels=0x{connection.Label:x}" : "";
        string state = connection.Original.Protocol == IpProtocol.Tcp ? $",protoinfo=(state={State(connection.Tcp)})" : "";
        return $"{protocol},orig=({Tuple(connection.Original)}),reply=({Tuple(connection.Reply)}){zone}{mark}{label}{state}";
    }

    private static string Tuple(FlowKey key) => key.Protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp => $"src={key.Source},dst={key.Destination},sport={key.SourcePort},dport={key.DestinationPort}",
        _ => $"src={key.Source},dst={key.Destination}",
    };

    private static string State(TcpConnection tcp)
    {
        var low = tcp.Original.State < tcp.Reply.State ? tcp.Original.State : tcp.Reply.State;
        var high = tcp.Original.State < tcp.Reply.State ? tcp.Reply.State : tcp.Original.State;
        return (low, high) switch
        {
            (>= TcpPeerState.FinWait, _) => "TIME_WAIT",
            (_, >= TcpPeerState.Closing) => "FIN_WAIT_1",
            (TcpPeerState.Established, _) => "ESTABLISHED",
            _ => "SYN_SENT",
        };
    }
}
