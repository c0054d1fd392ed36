namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A gateway to the world outside, in active-active or active-standby; or a VRF of another one.</summary>
internal sealed record Tier0 : PolicyResource
{
    [OneOf("ACTIVE_ACTIVE", "ACTIVE_STANDBY")]
    public string HaMode { get; init; } = "ACTIVE_ACTIVE";

    [OneOf("PREEMPTIVE", "NON_PREEMPTIVE")]
    public string FailoverMode { get; init; } = "NON_PREEMPTIVE";

    /// <summary>From which the links to tier-1 gateways get their addresses.</summary>
    [WrittenAs(TextForm.Cidr), AtMost(10)]
    public IReadOnlyList<string>? TransitSubnets { get; init; }

    /// <summary>Of the links between its distributed and its service part.</summary>
    [WrittenAs(TextForm.Cidr), AtMost(1)]
    public IReadOnlyList<string>? InternalTransitSubnets { get; init; }

    /// <summary>Of the links between VRFs.</summary>
    [WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? VrfTransitSubnets { get; init; }

    public Tier0VrfConfig? VrfConfig { get; init; }

    [AtMost(1), PathTo(typeof(DhcpServerConfig), typeof(DhcpRelayConfig))]
    public IReadOnlyList<string>? DhcpConfigPaths { get; init; }

    [AtMost(2), PathTo(typeof(Ipv6NdraProfile), typeof(Ipv6DadProfile))]
    public IReadOnlyList<string>? Ipv6ProfilePaths { get; init; }

    public Tier0AdvancedConfig AdvancedConfig { get; init; } = new();

    public bool DisableFirewall { get; init; }

    public bool DefaultRuleLogging { get; init; }

    public bool ForceWhitelisting { get; init; }

    public Tier0StatefulServicesConfig? StatefulServices { get; init; }

    [Within(5000, 50_000)]
    public int? ArpLimit { get; init; }

    public bool? EnableRdPerEdge { get; init; }

    [WrittenAs(TextForm.Ip)]
    public string? RdAdminField { get; init; }

    public IntersiteGatewayConfig? IntersiteConfig { get; init; }
}

/// <summary>Whether a tier-0 routes now, and how long its routes wait after a start.</summary>
internal sealed record Tier0AdvancedConfig
{
    [OneOf("ON", "OFF")]
    public string Connectivity { get; init; } = "ON";

    /// <summary>Seconds.</summary>
    [Within(0, 300)]
    public long ForwardingUpTimer { get; init; }
}

/// <summary>Whether an active-active gateway keeps state, and how flows find theirs.</summary>
internal sealed record Tier0StatefulServicesConfig
{
    public bool Enabled { get; init; }

    [OneOf("IP_HASH", "NONE", "SRC_DST_IP_HASH")]
    public string? RedirectionPolicy { get; init; }
}

/// <summary>What makes a tier-0 a VRF: the gateway it lives on, and its EVPN identity.</summary>
internal sealed record Tier0VrfConfig
{
    [Mandatory, PathTo(typeof(Tier0))]
    public string Tier0Path { get; init; } = "";

    public VrfEvpnL2VniConfig? EvpnL2VniConfig { get; init; }

    public int? EvpnTransitVni { get; init; }

    public IReadOnlyList<string>? RdPerEdgePool { get; init; }

    public string? RouteDistinguisher { get; init; }

    public IReadOnlyList<VrfRouteTargets>? RouteTargets { get; init; }
}

/// <summary>The layer-2 VNIs of a VRF in EVPN.</summary>
internal sealed record VrfEvpnL2VniConfig
{
    public bool? EnableVtepGroups { get; init; }

    [Mandatory]
    public IReadOnlyList<VrfL2VniConfig> L2VniConfigs { get; init; } = [];
}

/// <summary>One layer-2 VNI of a VRF.</summary>
internal sealed record VrfL2VniConfig
{
    [Mandatory]
    public int L2Vni { get; init; }

    [Mandatory]
    public string RouteDistinguisher { get; init; } = "";

    [Mandatory]
    public IReadOnlyList<VrfRouteTargets> RouteTargets { get; init; } = [];
}

/// <summary>Route targets that a VRF imports and exports.</summary>
internal sealed record VrfRouteTargets
{
    [OneOf("L2VPN_EVPN")]
    public string AddressFamily { get; init; } = "L2VPN_EVPN";

    public IReadOnlyList<string>? ExportRouteTargets { get; init; }

    public IReadOnlyList<string>? ImportRouteTargets { get; init; }
}

/// <summary>How a gateway spans sites.</summary>
internal sealed record IntersiteGatewayConfig
{
    public IReadOnlyList<string>? FallbackSites { get; init; }

    [WrittenAs(TextForm.Cidr)]
    public string? IntersiteTransitSubnet { get; init; }

    public long? LastAdminActiveEpoch { get; init; }

    public string? PrimarySitePath { get; init; }
}
