namespace Fabric.HostSwitch.Pipeline;

/// <summary>The names of the drop counters, as reports and the API spell them.</summary>
internal static class DropReasons
{
    private static readonly string[] Names =
    [
        "", // None
        "rx_malformed_drops", // MalformedRx
        "vlan_tag_mismatch_rx", // VlanTagMismatchRx
        "vlan_tag_mismatch_rx_mcast", // VlanTagMismatchRxMulticast
        "child_tag_ambiguous_drops", // ChildTagAmbiguous
        "port_blocked_drops", // PortBlocked
        "forged_transmit_rx_drops", // ForgedTransmit
        "mac_not_learned_packets_dropped", // MacNotLearned
        "bpdu_filter_drops", // BpduFilter
        "dhcp_client_block_ipv4_drops", // DhcpClientBlockIpv4
        "dhcp_client_block_ipv6_drops", // DhcpClientBlockIpv6
        "dhcp_server_block_ipv4_drops", // DhcpServerBlockIpv4
        "dhcp_server_block_ipv6_drops", // DhcpServerBlockIpv6
        "ra_guard_drops", // RaGuard
        "nd_parse_errors", // NdParseError
        "non_ip_block_drops", // NonIpBlock
        "spoof_guard_ipv4_drops", // SpoofGuardIpv4
        "spoof_guard_ipv6_drops", // SpoofGuardIpv6
        "spoof_guard_arp_drops", // SpoofGuardArp
        "spoof_guard_nd_drops", // SpoofGuardNd
        "spoof_guard_non_ip_drops", // SpoofGuardNonIp
        "rx_rate_limit_bcast_drops", // RxRateLimitBroadcast
        "rx_rate_limit_mcast_drops", // RxRateLimitMulticast
        "tx_rate_limit_bcast_drops", // TxRateLimitBroadcast
        "tx_rate_limit_mcast_drops", // TxRateLimitMulticast
        "rx_l2_drop_pkts", // FirewallL2Rx
        "tx_l2_drop_pkts", // FirewallL2Tx
        "match_drop_rule_rx_drops", // FirewallRuleRx
        "match_drop_rule_tx_drops", // FirewallRuleTx
        "state_mismatch_drops", // StateMismatch
        "state_insert_drops", // StateInsert
        "state_limit_drops", // StateLimit
        "strict_no_syn_drops", // StrictNoSyn
        "normalize_drops", // FirewallNormalize
        "short_drops", // FirewallShort
        "fragment_drops", // FirewallFragment
        "proto_cksum_drops", // FirewallChecksum
        "bad_offset_drops", // FirewallBadOffset
        "icmp_err_pkt_drops", // FirewallIcmpError
        "leaf_rx_drops", // LeafRx
        "leaf_rx_ref_port_not_found_drops", // LeafRxRefPortNotFound
        "arp_proxy_req_fail_drops", // ArpProxyRequestFail
        "unknown_unicast_drops", // UnknownUnicast
        "mcast_proxy_tx_drops", // ReplicationTx
        "uplink_tx_teaming_drops", // UplinkTxTeaming
        "uplink_tx_invalid_state_drops", // UplinkTxInvalidState
        "uplink_tx_invalid_frame_drops", // UplinkTxInvalidFrame
        "uplink_tx_drops", // UplinkTx
        "uplink_rx_invalid_encap_drops", // UplinkRxInvalidEncapsulation
        "uplink_rx_wrong_dest_drops", // UplinkRxWrongDestination
        "uplink_rx_filtered", // UplinkRxFiltered
        "uplink_rx_guest_vlan_drops", // UplinkRxGuestVlan
        "uplink_rx_system_err_drops", // UplinkRxSystemError
        "mcast_proxy_rx_drops", // ReplicationRx
        "vdr_mac_from_uplink_drops", // VdrMacFromUplink
        "leaf_tx_drops", // LeafTx
        "vlan_tag_mismatch_tx", // VlanTagMismatchTx
        "vlan_tag_mismatch_tx_mcast", // VlanTagMismatchTxMulticast
        "vnic_mtu_drops", // VnicMtu
        "vnic_tx_drops", // VnicTx
        "rx_pkt_parsing_error_drops", // RouterParsing
        "rpf_ipv4_drops", // RpfIpv4
        "rpf_ipv6_drops", // RpfIpv6
        "ttl_ipv4_drops", // TtlIpv4
        "ttl_ipv6_drops", // TtlIpv6
        "no_route_ipv4_drops", // NoRouteIpv4
        "no_route_ipv6_drops", // NoRouteIpv6
        "drop_route_ipv4_drops", // DropRouteIpv4
        "drop_route_ipv6_drops", // DropRouteIpv6
        "no_nbr_ipv4", // NoNeighborIpv4
        "no_nbr_ipv6", // NoNeighborIpv6
        "arp_hold_pkt_drops", // ArpHoldPacket
        "ns_hold_pkt_drops", // NsHoldPacket
        "pkt_attr_error_drops", // PacketAttribute
        "tx_dispatch_queue_too_long_drops", // RouterDispatch
        "uplink_rx_mcast_invalid_dr_uplink_drops", // RouterMulticast
    ];

    /// <summary>How many reasons there are; counters are arrays of this length, indexed by the reason.</summary>
    public static int Count => Names.Length;

    public static string CounterName(this DropReason reason) => Names[(int)reason];
}
