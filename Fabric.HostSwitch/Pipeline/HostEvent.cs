namespace Fabric.HostSwitch.Pipeline;

/// <summary>What the host counts besides drops, under the names of its modules' counters (reference: nsx-dataplane.md, 7.5).</summary>
internal enum HostEvent
{
    /// <summary>Frames that an established flow's action decided.</summary>
    FastpathRx,

    /// <summary>Frames that took all stages.</summary>
    FastpathMiss,

    /// <summary>ARP requests to a distributed router.</summary>
    ArpRequestRx,

    /// <summary>ARP answers of a distributed router.</summary>
    ArpResponseTx,

    /// <summary>Neighbor solicitations to a distributed router.</summary>
    NdSolicitationRx,

    /// <summary>Neighbor advertisements of a distributed router.</summary>
    NdAdvertisementTx,

    /// <summary>Echo requests to a router's interface.</summary>
    ConsumedIcmpv4,

    /// <summary>The same in IPv6.</summary>
    ConsumedIcmpv6,

    /// <summary>Packets given to a distributed router.</summary>
    RoutedRxIpv4,

    /// <summary>The same in IPv6.</summary>
    RoutedRxIpv6,

    /// <summary>Packets that a distributed router passed on.</summary>
    RoutedTxIpv4,

    /// <summary>The same in IPv6.</summary>
    RoutedTxIpv6,

    /// <summary>ARP requests answered for their target.</summary>
    ArpProxyRequestSuppressed,

    /// <summary>Answers given for another.</summary>
    ArpProxyResponse,

    /// <summary>ARP requests for an address that no table has; flooded.</summary>
    ArpProxyUnknown,

    /// <summary>Solicitations answered for their target.</summary>
    NdProxyRequestSuppressed,

    /// <summary>Answers given for another.</summary>
    NdProxyResponse,

    /// <summary>Solicitations for an address that no table has; flooded.</summary>
    NdProxyUnknown,

    /// <summary>Frames from the uplink.</summary>
    UplinkRx,

    /// <summary>Frames to the uplink.</summary>
    UplinkTx,

    /// <summary>Copies of group frames to the uplink.</summary>
    UplinkTxNonUnicast,

    /// <summary>Copies of unknown unicast to the uplink.</summary>
    UplinkTxUnicastFlood,

    /// <summary>Tunnelled frames whose source must not be learned.</summary>
    UplinkRxSkipMacLearn,

    /// <summary>Tunnelled frames whose source found no room.</summary>
    MacTableFull,

    /// <summary>Unicast frames to a MAC that nobody is known to have.</summary>
    MacTableFlood,

    /// <summary>The same from the uplink.</summary>
    UnknownUnicastRx,

    /// <summary>BFD packets received.</summary>
    BfdRx,

    /// <summary>BFD packets sent.</summary>
    BfdTx,

    /// <summary>Packets answered with the MTU they must keep to.</summary>
    TooBigAnswered,
}
