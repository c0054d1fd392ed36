using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>Names of drop counters are an interface: the API reports them, dashboards read them.</summary>
internal sealed class DropReasonTests
{
    private static readonly string[] Frozen =
    [
        "",
        "rx_malformed_drops",
        "vlan_tag_mismatch_rx",
        "vlan_tag_mismatch_rx_mcast",
        "child_tag_ambiguous_drops",
        "port_blocked_drops",
        "forged_transmit_rx_drops",
        "mac_not_learned_packets_dropped",
        "bpdu_filter_drops",
        "dhcp_client_block_ipv4_drops",
        "dhcp_client_block_ipv6_drops",
        "dhcp_server_block_ipv4_drops",
        "dhcp_server_block_ipv6_drops",
        "ra_guard_drops",
        "nd_parse_errors",
        "non_ip_block_drops",
        "spoof_guard_ipv4_drops",
        "spoof_guard_ipv6_drops",
        "spoof_guard_arp_drops",
        "spoof_guard_nd_drops",
        "spoof_guard_non_ip_drops",
        "rx_rate_limit_bcast_drops",
        "rx_rate_limit_mcast_drops",
        "tx_rate_limit_bcast_drops",
        "tx_rate_limit_mcast_drops",
        "rx_l2_drop_pkts",
        "tx_l2_drop_pkts",
        "match_drop_rule_rx_drops",
        "match_drop_rule_tx_drops",
        "state_mismatch_drops",
        "state_insert_drops",
        "state_limit_drops",
        "strict_no_syn_drops",
        "normalize_drops",
        "short_drops",
        "fragment_drops",
        "proto_cksum_drops",
        "bad_offset_drops",
        "icmp_err_pkt_drops",
        "leaf_rx_drops",
        "leaf_rx_ref_port_not_found_drops",
        "arp_proxy_req_fail_drops",
        "unknown_unicast_drops",
        "mcast_proxy_tx_drops",
        "uplink_tx_teaming_drops",
        "uplink_tx_invalid_state_drops",
        "uplink_tx_invalid_frame_drops",
        "uplink_tx_drops",
        "uplink_rx_invalid_encap_drops",
        "uplink_rx_wrong_dest_drops",
        "uplink_rx_filtered",
        "uplink_rx_guest_vlan_drops",
        "uplink_rx_system_err_drops",
        "mcast_proxy_rx_drops",
        "vdr_mac_from_uplink_drops",
        "leaf_tx_drops",
        "vlan_tag_mismatch_tx",
        "vlan_tag_mismatch_tx_mcast",
        "vnic_mtu_drops",
        "vnic_tx_drops",
        "rx_pkt_parsing_error_drops",
        "rpf_ipv4_drops",
        "rpf_ipv6_drops",
        "ttl_ipv4_drops",
        "ttl_ipv6_drops",
        "no_route_ipv4_drops",
        "no_route_ipv6_drops",
        "drop_route_ipv4_drops",
        "drop_route_ipv6_drops",
        "no_nbr_ipv4",
        "no_nbr_ipv6",
        "arp_hold_pkt_drops",
        "ns_hold_pkt_drops",
        "pkt_attr_error_drops",
        "tx_dispatch_queue_too_long_drops",
        "uplink_rx_mcast_invalid_dr_uplink_drops",
    ];

    [Test]
    public void Names_are_as_they_always_were_and_new_ones_come_last()
        => Assert.That(Enum.GetValues<DropReason>().Take(Frozen.Length).Select(reason => reason.CounterName()), Is.EqualTo(Frozen));

    [Test]
    public void Each_reason_has_a_name_of_its_own()
    {
        Assert.That(DropReasons.Count, Is.EqualTo(Enum.GetValues<DropReason>().Length));
        Assert.That(Enum.GetValues<DropReason>().Select(reason => reason.CounterName()), Is.Unique);
        Assert.That(Enum.GetValues<HostEvent>().Select(HostCounters.NameOf), Is.Unique);
    }
}
