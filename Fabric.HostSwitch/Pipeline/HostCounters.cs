namespace Fabric.HostSwitch.Pipeline;

/// <summary>What the whole host counted. One writer, the packet thread; others ask it for a copy.</summary>
internal sealed class HostCounters
{
    private static readonly string[] EventNames =
    [
        "rx_pkts", // FastpathRx
        "rx_pkts_sp", // FastpathMiss
        "rx_arp_req", // ArpRequestRx
        "tx_arp_rsp", // ArpResponseTx
        "rx_ns_pkts", // NdSolicitationRx
        "tx_na_pkts", // NdAdvertisementTx
        "consumed_icmpv4", // ConsumedIcmpv4
        "consumed_icmpv6", // ConsumedIcmpv6
        "rx_ipv4", // RoutedRxIpv4
        "rx_ipv6", // RoutedRxIpv6
        "tx_ipv4", // RoutedTxIpv4
        "tx_ipv6", // RoutedTxIpv6
        "arp_proxy_req_suppress", // ArpProxyRequestSuppressed
        "arp_proxy_resp", // ArpProxyResponse
        "arp_proxy_resp_unknown", // ArpProxyUnknown
        "nd_proxy_req_suppress", // NdProxyRequestSuppressed
        "nd_proxy_resp", // NdProxyResponse
        "nd_proxy_resp_unknown", // NdProxyUnknown
        "uplink_rx", // UplinkRx
        "uplink_tx", // UplinkTx
        "uplink_tx_non_unicast", // UplinkTxNonUnicast
        "uplink_tx_ucast_flood", // UplinkTxUnicastFlood
        "uplink_rx_skip_mac_learn", // UplinkRxSkipMacLearn
        "mac_tbl_update_full", // MacTableFull
        "mac_tbl_lookup_flood", // MacTableFlood
        "unknown_unicast_rx_uplink_pkts", // UnknownUnicastRx
        "bfd_rx", // BfdRx
        "bfd_tx", // BfdTx
        "frag_needed", // TooBigAnswered
    ];

    /// <summary>By <see cref="DropReason"/>.</summary>
    public long[] Drops { get; } = new long[DropReasons.Count];

    /// <summary>By <see cref="HostEvent"/>.</summary>
    public long[] Events { get; } = new long[EventNames.Length];

    public long this[HostEvent happened] => Events[(int)happened];

    public long this[DropReason reason] => Drops[(int)reason];

    public static string NameOf(HostEvent happened) => EventNames[(int)happened];

    public void Count(HostEvent happened) => Events[(int)happened]++;
}
