namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A gateway of one tenant: routes between its segments, and to a tier-0.</summary>
internal sealed record Tier1 : PolicyResource
{
    [PathTo(typeof(Tier0))]
    public string? Tier0Path { get; init; }

    [OneOf("ROUTED", "ISOLATED", "NATTED")]
    public string? Type { get; init; }

    [OneOf("PREEMPTIVE", "NON_PREEMPTIVE")]
    public string FailoverMode { get; init; } = "NON_PREEMPTIVE";

    [OneOf("ACTIVE_STANDBY", "ACTIVE_ACTIVE")]
    public string? HaMode { get; init; }

    /// <summary>Which of its routes the tier-0 learns.</summary>
    [OneOf("TIER1_STATIC_ROUTES", "TIER1_CONNECTED", "TIER1_NAT", "TIER1_LB_VIP", "TIER1_LB_SNAT", "TIER1_DNS_FORWARDER_IP", "TIER1_IPSEC_LOCAL_ENDPOINT")]
    public IReadOnlyList<string>? RouteAdvertisementTypes { get; init; }

    public IReadOnlyList<RouteAdvertisementRule>? RouteAdvertisementRules { get; init; }

    /// <summary>How much room its service part gets on an edge.</summary>
    [OneOf("ROUTING", "LB_SMALL", "LB_MEDIUM", "LB_LARGE", "LB_XLARGE")]
    public string PoolAllocation { get; init; } = "ROUTING";

    [AtMost(1), PathTo(typeof(DhcpServerConfig), typeof(DhcpRelayConfig))]
    public IReadOnlyList<string>? DhcpConfigPaths { get; init; }

    [AtMost(2), PathTo(typeof(Ipv6NdraProfile), typeof(Ipv6DadProfile))]
    public IReadOnlyList<string>? Ipv6ProfilePaths { get; init; }

    public GatewayQosProfileConfig? QosProfile { get; init; }

    public bool DisableFirewall { get; init; }

    public bool DefaultRuleLogging { get; init; }

    public bool ForceWhitelisting { get; init; }

    public bool EnableStandbyRelocation { get; init; }

    [Within(5000, 50_000)]
    public int? ArpLimit { get; init; }

    public IntersiteGatewayConfig? IntersiteConfig { get; init; }
}

/// <summary>Which networks of some types of route are advertised.</summary>
internal sealed record RouteAdvertisementRule
{
    [Mandatory, OneOf("PERMIT", "DENY")]
    public string Action { get; init; } = "";

    [OneOf("GE", "EQ")]
    public string PrefixOperator { get; init; } = "GE";

    [Mandatory]
    public string Name { get; init; } = "";

    [OneOf("TIER1_STATIC_ROUTES", "TIER1_CONNECTED", "TIER1_NAT", "TIER1_LB_VIP", "TIER1_LB_SNAT", "TIER1_DNS_FORWARDER_IP", "TIER1_IPSEC_LOCAL_ENDPOINT")]
    public IReadOnlyList<string>? RouteAdvertisementTypes { get; init; }

    [WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? Subnets { get; init; }
}

/// <summary>The QoS profiles of a gateway, in and out.</summary>
internal sealed record GatewayQosProfileConfig
{
    [PathTo(typeof(GatewayQosProfile))]
    public string? EgressQosProfilePath { get; init; }

    [PathTo(typeof(GatewayQosProfile))]
    public string? IngressQosProfilePath { get; init; }
}
