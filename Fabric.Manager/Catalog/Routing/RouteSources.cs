namespace Fabric.Manager.Catalog.Routing;

/// <summary>Where a route may come from, as redistribution rules say it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RouteSourcesAttribute() : OneOfAttribute(
    "STATIC", "T0_STATIC", "NSX_CONNECTED", "T0_CONNECTED", "NSX_STATIC", "T1_STATIC", "T0_UPLINK", "T0_DOWNLINK", "T0_ROUTER_LINK", "T0_CSP",
    "T0_LOOPBACK", "T0_DNS_FORWARDER_IP", "T0_IPSEC_LOCAL_IP", "TIER0_NAT", "T0_NAT", "TIER1_NAT", "T1_NAT", "TIER1_LB_VIP", "T1_LB_VIP",
    "TIER1_LB_SNAT", "T1_LB_SNAT", "T1_DNS_FORWARDER_IP", "T1_CONNECTED", "T1_DOWNLINK", "T1_CSP", "BGP", "T1_IPSEC_LOCAL_IP", "T0_EVPN_TEP_IP");
