using System.Text.Json.Nodes;
using Fabric.Contracts.V1;

namespace Fabric.Manager.Endpoints;

/// <summary>Sorts the counters of ports into the fields of the API's statistics (reference: nsx-dataplane.md, 2.3).</summary>
internal static class RuntimeCounters
{
    private static readonly (string Field, string Counter)[] Security =
    [
        ("bpdu_filter_dropped", "bpdu_filter_drops"),
        ("dhcp_client_dropped_ipv4", "dhcp_client_block_ipv4_drops"),
        ("dhcp_client_dropped_ipv6", "dhcp_client_block_ipv6_drops"),
        ("dhcp_server_dropped_ipv4", "dhcp_server_block_ipv4_drops"),
        ("dhcp_server_dropped_ipv6", "dhcp_server_block_ipv6_drops"),
    ];

    private static readonly (string Type, string Counter)[] SpoofGuard =
    [
        ("IPv4", "spoof_guard_ipv4_drops"),
        ("IPv6", "spoof_guard_ipv6_drops"),
        ("ARP", "spoof_guard_arp_drops"),
        ("ND", "spoof_guard_nd_drops"),
        ("non-IP", "spoof_guard_non_ip_drops"),
    ];

    private static readonly string[] FirewallRx = ["match_drop_rule_rx_drops", "rx_l2_drop_pkts"];
    private static readonly string[] FirewallTx = ["match_drop_rule_tx_drops", "tx_l2_drop_pkts"];

    /// <summary>The sums over some ports; of none, zeros.</summary>
    public static JsonObject Describe(IReadOnlyCollection<PortStatistics> ports) => new()
    {
        ["rx_packets"] = new JsonObject
        {
            ["total"] = Sum(ports, port => port.RxPackets),
            ["dropped"] = Sum(ports, port => port.RxDropped),
            ["multicast_broadcast"] = Sum(ports, port => port.RxMulticastBroadcast),
        },
        ["rx_bytes"] = new JsonObject { ["total"] = Sum(ports, port => port.RxBytes) },
        ["tx_packets"] = new JsonObject
        {
            ["total"] = Sum(ports, port => port.TxPackets),
            ["dropped"] = Sum(ports, port => port.TxDropped),
            ["multicast_broadcast"] = Sum(ports, port => port.TxMulticastBroadcast),
        },
        ["tx_bytes"] = new JsonObject { ["total"] = Sum(ports, port => port.TxBytes) },
        ["mac_learning"] = new JsonObject
        {
            ["macs_learned"] = Sum(ports, port => port.MacsLearned),
            ["mac_not_learned_packets_allowed"] = Drops(ports, "mac_not_learned_packets_allowed"),
            ["mac_not_learned_packets_dropped"] = Drops(ports, "mac_not_learned_packets_dropped"),
        },
        ["dropped_by_security_packets"] = DroppedBySecurity(ports),
        ["dropped_by_firewall_packets"] = new JsonObject
        {
            ["rx_dropped"] = FirewallRx.Sum(counter => Drops(ports, counter)),
            ["tx_dropped"] = FirewallTx.Sum(counter => Drops(ports, counter)),
        },
        ["last_update_timestamp"] = ports.Select(port => port.TimestampMs).DefaultIfEmpty().Max(),
    };

    private static JsonObject DroppedBySecurity(IReadOnlyCollection<PortStatistics> ports)
    {
        var answer = new JsonObject();
        foreach (var (field, counter) in Security)
        {
            answer[field] = Drops(ports, counter);
        }

        answer["spoof_guard_dropped"] = new JsonArray([.. SpoofGuard.Select(item
            => (JsonNode)new JsonObject { ["packet_type"] = item.Type, ["counter"] = Drops(ports, item.Counter) })]);
        return answer;
    }

    private static long Sum(IEnumerable<PortStatistics> ports, Func<PortStatistics, ulong> counter) => ports.Sum(port => (long)counter(port));

    private static long Drops(IEnumerable<PortStatistics> ports, string counter)
        => ports.Sum(port => port.Drops.TryGetValue(counter, out ulong count) ? (long)count : 0);
}
