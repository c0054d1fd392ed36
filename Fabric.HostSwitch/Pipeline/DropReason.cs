namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// Why a frame was dropped. Each reason is a counter of the API, under the name that NSX gives it (reference: nsx-dataplane.md, 4.6 and 7.5)
/// or, where NSX publishes none, one of ours in the same manner. New reason: a row here, its name below, a case in DropReasonTests.
/// </summary>
internal enum DropReason : byte
{
    /// <summary>Not dropped.</summary>
    None,

    /// <summary>Shorter than a header, longer than the vnic's MTU allows, or a source address that no station has.</summary>
    MalformedRx,

    /// <summary>A tag that names no port of the vnic.</summary>
    VlanTagMismatchRx,

    /// <summary>The same, to a group address.</summary>
    VlanTagMismatchRxMulticast,

    /// <summary>Two children of the parent share the tag: neither has traffic.</summary>
    ChildTagAmbiguous,

    /// <summary>The port, its switch or its vnic is down.</summary>
    PortBlocked,

    /// <summary>The source is not the vnic's MAC, and neither change nor learning is allowed.</summary>
    ForgedTransmit,

    /// <summary>The port learned as many MACs as its limit allows.</summary>
    MacNotLearned,

    /// <summary>A bridge protocol's group address.</summary>
    BpduFilter,

    /// <summary>From a DHCP client where none may be.</summary>
    DhcpClientBlockIpv4,

    /// <summary>From a DHCPv6 client where none may be.</summary>
    DhcpClientBlockIpv6,

    /// <summary>From a DHCP server where none may be.</summary>
    DhcpServerBlockIpv4,

    /// <summary>From a DHCPv6 server where none may be.</summary>
    DhcpServerBlockIpv6,

    /// <summary>A router advertisement from a port.</summary>
    RaGuard,

    /// <summary>Neighbor discovery that cannot be read.</summary>
    NdParseError,

    /// <summary>Neither IPv4, IPv6 nor ARP, where only these may pass.</summary>
    NonIpBlock,

    /// <summary>An IPv4 source that is not bound to the port.</summary>
    SpoofGuardIpv4,

    /// <summary>An IPv6 source that is not bound to the port.</summary>
    SpoofGuardIpv6,

    /// <summary>An ARP sender that is not bound to the port.</summary>
    SpoofGuardArp,

    /// <summary>A neighbor discovery sender or target that is not bound to the port.</summary>
    SpoofGuardNd,

    /// <summary>A source MAC that is not bound to the port.</summary>
    SpoofGuardNonIp,

    /// <summary>More broadcasts a second than the port may send.</summary>
    RxRateLimitBroadcast,

    /// <summary>More multicasts a second than the port may send.</summary>
    RxRateLimitMulticast,

    /// <summary>More broadcasts a second than the port may be sent.</summary>
    TxRateLimitBroadcast,

    /// <summary>More multicasts a second than the port may be sent.</summary>
    TxRateLimitMulticast,

    /// <summary>A layer 2 rule, at the source.</summary>
    FirewallL2Rx,

    /// <summary>A layer 2 rule, at the destination.</summary>
    FirewallL2Tx,

    /// <summary>A rule said drop or reject, at the source.</summary>
    FirewallRuleRx,

    /// <summary>A rule said drop or reject, at the destination.</summary>
    FirewallRuleTx,

    /// <summary>TCP flags or sequence numbers that do not fit the connection.</summary>
    StateMismatch,

    /// <summary>The connection could not be recorded.</summary>
    StateInsert,

    /// <summary>As many connections as the table holds.</summary>
    StateLimit,

    /// <summary>A TCP connection that does not start with SYN, under a strict section.</summary>
    StrictNoSyn,

    /// <summary>A header that no sane sender makes.</summary>
    FirewallNormalize,

    /// <summary>A header that is cut short.</summary>
    FirewallShort,

    /// <summary>A fragment whose first was not seen.</summary>
    FirewallFragment,

    /// <summary>A wrong checksum of the transport protocol.</summary>
    FirewallChecksum,

    /// <summary>A fragment offset that cannot be.</summary>
    FirewallBadOffset,

    /// <summary>An ICMP error that quotes no tracked connection.</summary>
    FirewallIcmpError,

    /// <summary>The switch of the port is not known here.</summary>
    LeafRx,

    /// <summary>The child's parent port is not in place.</summary>
    LeafRxRefPortNotFound,

    /// <summary>An ARP request that could neither be answered nor flooded.</summary>
    ArpProxyRequestFail,

    /// <summary>Nobody has the destination MAC, and nobody may be flooded.</summary>
    UnknownUnicast,

    /// <summary>A copy for a tunnel endpoint could not be made.</summary>
    ReplicationTx,

    /// <summary>The host has no tunnel endpoint to send from.</summary>
    UplinkTxTeaming,

    /// <summary>The uplink is not ready.</summary>
    UplinkTxInvalidState,

    /// <summary>Larger than the underlay carries.</summary>
    UplinkTxInvalidFrame,

    /// <summary>The uplink took no more.</summary>
    UplinkTx,

    /// <summary>An outer header that is no legal Geneve or VXLAN, or holds an unknown critical option.</summary>
    UplinkRxInvalidEncapsulation,

    /// <summary>Not for an endpoint of this host.</summary>
    UplinkRxWrongDestination,

    /// <summary>A virtual network that this host has not joined.</summary>
    UplinkRxFiltered,

    /// <summary>A guest's tag that the switch does not carry.</summary>
    UplinkRxGuestVlan,

    /// <summary>Tunnel management that cannot be read.</summary>
    UplinkRxSystemError,

    /// <summary>A frame to replicate that came from no endpoint of the network.</summary>
    ReplicationRx,

    /// <summary>To the distributed router's MAC, from a tunnel: each host has its own.</summary>
    VdrMacFromUplink,

    /// <summary>No port of the switch wants it.</summary>
    LeafTx,

    /// <summary>A guest's tag that the port does not carry.</summary>
    VlanTagMismatchTx,

    /// <summary>The same, to a group address.</summary>
    VlanTagMismatchTxMulticast,

    /// <summary>Larger than the vnic takes.</summary>
    VnicMtu,

    /// <summary>The vnic's device took no more.</summary>
    VnicTx,

    /// <summary>An IP header the router cannot read, or with options.</summary>
    RouterParsing,

    /// <summary>The source is not behind the interface it came from.</summary>
    RpfIpv4,

    /// <summary>The source is not behind the interface it came from.</summary>
    RpfIpv6,

    /// <summary>Its time to live ended at the router.</summary>
    TtlIpv4,

    /// <summary>Its hop limit ended at the router.</summary>
    TtlIpv6,

    /// <summary>The router knows no way to the destination.</summary>
    NoRouteIpv4,

    /// <summary>The router knows no way to the destination.</summary>
    NoRouteIpv6,

    /// <summary>A black hole route.</summary>
    DropRouteIpv4,

    /// <summary>A black hole route.</summary>
    DropRouteIpv6,

    /// <summary>The next hop did not answer ARP.</summary>
    NoNeighborIpv4,

    /// <summary>The next hop did not answer neighbor discovery.</summary>
    NoNeighborIpv6,

    /// <summary>Too many packets wait for an ARP answer.</summary>
    ArpHoldPacket,

    /// <summary>Too many packets wait for neighbor discovery.</summary>
    NsHoldPacket,

    /// <summary>Larger than the egress interface's MTU.</summary>
    PacketAttribute,

    /// <summary>Passed through more routers of one host than can be without a loop.</summary>
    RouterDispatch,

    /// <summary>Multicast to the router, which does not route it.</summary>
    RouterMulticast,
}
