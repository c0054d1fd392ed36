using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Where the service part of a gateway runs, and what it redistributes there.</summary>
internal sealed record LocaleServices : PolicyResource
{
    [PathTo(typeof(PolicyEdgeCluster))]
    public string? EdgeClusterPath { get; init; }

    [PathTo(typeof(PolicyEdgeNode))]
    public IReadOnlyList<string>? PreferredEdgePaths { get; init; }

    [PathTo(typeof(BfdProfile))]
    public string? BfdProfilePath { get; init; }

    public Tier0RouteRedistributionConfig? RouteRedistributionConfig { get; init; }

    [OneOf("TIER0_STATIC", "TIER0_CONNECTED", "TIER0_EXTERNAL_INTERFACE", "TIER0_SEGMENT", "TIER0_ROUTER_LINK", "TIER0_SERVICE_INTERFACE", "TIER0_LOOPBACK_INTERFACE", "TIER0_DNS_FORWARDER_IP", "TIER0_IPSEC_LOCAL_IP", "TIER0_NAT", "TIER0_EVPN_TEP_IP", "TIER1_NAT", "TIER1_STATIC", "TIER1_LB_VIP", "TIER1_LB_SNAT", "TIER1_DNS_FORWARDER_IP", "TIER1_CONNECTED", "TIER1_SERVICE_INTERFACE", "TIER1_SEGMENT", "TIER1_IPSEC_LOCAL_ENDPOINT", "INTER_VRF_STATIC")]
    public IReadOnlyList<string>? RouteRedistributionTypes { get; init; }

    public IReadOnlyList<Tier0HaVipConfig>? HaVipConfigs { get; init; }
}

/// <summary>An address that moves between two uplinks.</summary>
internal sealed record Tier0HaVipConfig
{
    [Mandatory, AtLeast(2), AtMost(2), PathTo(typeof(Tier0Interface))]
    public IReadOnlyList<string> ExternalInterfacePaths { get; init; } = [];

    [Mandatory, AtLeast(1), AtMost(2)]
    public IReadOnlyList<InterfaceSubnet> VipSubnets { get; init; } = [];

    public bool Enabled { get; init; } = true;
}

/// <summary>Whether and what a tier-0 tells its BGP and OSPF neighbors.</summary>
internal sealed record Tier0RouteRedistributionConfig
{
    public bool BgpEnabled { get; init; } = true;

    public bool OspfEnabled { get; init; }

    [AtMost(5)]
    public IReadOnlyList<Tier0RouteRedistributionRule>? RedistributionRules { get; init; }
}

/// <summary>Types of route that are redistributed, through a route map.</summary>
internal sealed record Tier0RouteRedistributionRule
{
    [PathTo(typeof(Tier0RouteMap))]
    public string? RouteMapPath { get; init; }

    [OneOf("BGP", "OSPF")]
    public IReadOnlyList<string>? Destinations { get; init; }

    public string? Name { get; init; }

    [Mandatory, OneOf("TIER0_STATIC", "TIER0_CONNECTED", "TIER0_EXTERNAL_INTERFACE", "TIER0_SEGMENT", "TIER0_ROUTER_LINK", "TIER0_SERVICE_INTERFACE", "TIER0_LOOPBACK_INTERFACE", "TIER0_DNS_FORWARDER_IP", "TIER0_IPSEC_LOCAL_IP", "TIER0_NAT", "TIER0_EVPN_TEP_IP", "TIER1_NAT", "TIER1_STATIC", "TIER1_LB_VIP", "TIER1_LB_SNAT", "TIER1_DNS_FORWARDER_IP", "TIER1_CONNECTED", "TIER1_SERVICE_INTERFACE", "TIER1_SEGMENT", "TIER1_IPSEC_LOCAL_ENDPOINT", "INTER_VRF_STATIC")]
    public IReadOnlyList<string> RouteRedistributionTypes { get; init; } = [];
}
