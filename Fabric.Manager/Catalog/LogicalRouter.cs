using Fabric.Manager.Catalog.Edge;

namespace Fabric.Manager.Catalog;

/// <summary>A router of the fabric: tier-0 towards the outside, tier-1 towards workloads.</summary>
internal sealed record LogicalRouter : ManagedResource
{
    [Mandatory, Immutable, OneOf("TIER0", "TIER1", "VRF")]
    public string RouterType { get; init; } = "TIER1";

    public LogicalRouterConfig? AdvancedConfig { get; init; }

    public EdgeClusterMemberAllocationProfile? AllocationProfile { get; init; }

    [RefersTo(typeof(EdgeCluster))]
    public string? EdgeClusterId { get; init; }

    public IReadOnlyList<long>? EdgeClusterMemberIndices { get; init; }

    [OneOf("PREEMPTIVE", "NON_PREEMPTIVE")]
    public string? FailoverMode { get; init; }

    [ServerSet]
    public IReadOnlyList<ResourceReference>? FirewallSections { get; init; }

    [OneOf("ACTIVE_ACTIVE", "ACTIVE_STANDBY")]
    public string? HighAvailabilityMode { get; init; }

    public IPv6Profiles? Ipv6Profiles { get; init; }

    [Within(0, int.MaxValue)]
    public long? PreferredEdgeClusterMemberIndex { get; init; }
}

/// <summary>Addresses that a router uses for itself.</summary>
internal sealed record LogicalRouterConfig
{
    [WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? ExternalTransitNetworks { get; init; }

    [WrittenAs(TextForm.Cidr)]
    public string? InternalTransitNetwork { get; init; }

    [RefersTo(typeof(TransportZone))]
    public string? TransportZoneId { get; init; }
}

/// <summary>Where a router's services are placed.</summary>
internal sealed record EdgeClusterMemberAllocationProfile
{
    [ServerSet]
    public string? AllocationType { get; init; }

    public bool EnableStandbyRelocation { get; init; }
}

/// <summary>IPv6 profiles of a router.</summary>
internal sealed record IPv6Profiles
{
    public string? DadProfileId { get; init; }

    public string? NdraProfileId { get; init; }
}

/// <summary>A route stated by an administrator.</summary>
internal sealed record StaticRoute : ManagedResource
{
    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Network { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<StaticRouteNextHop> NextHops { get; init; } = [];
}

/// <summary>Where a static route leads.</summary>
internal sealed record StaticRouteNextHop
{
    [Within(1, 255)]
    public int AdministrativeDistance { get; init; } = 1;

    [ServerSet]
    public bool BfdEnabled { get; init; }

    /// <summary>DISCARD: the packets end here.</summary>
    [OneOf("DISCARD")]
    public string? BlackholeAction { get; init; }

    [WrittenAs(TextForm.Ip)]
    public string? IpAddress { get; init; }

    public ResourceReference? LogicalRouterPortId { get; init; }
}

/// <summary>What a tier-1 tells its tier-0; born with the router.</summary>
internal sealed record AdvertisementConfig : ManagedResource
{
    public bool Enabled { get; init; }

    public bool AdvertiseNsxConnectedRoutes { get; init; }

    public bool AdvertiseStaticRoutes { get; init; }

    public bool AdvertiseNatRoutes { get; init; }

    public bool AdvertiseLbVip { get; init; }

    public bool AdvertiseLbSnatIp { get; init; }

    public bool AdvertiseDnsForwarder { get; init; }

    public bool AdvertiseIpsecLocalIp { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}

/// <summary>Networks that a tier-1 tells its tier-0 by rule; born with the router.</summary>
internal sealed record AdvertiseRuleList : ManagedResource
{
    public IReadOnlyList<AdvertiseRule> Rules { get; init; } = [];

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}

/// <summary>Networks to tell, or to keep.</summary>
internal sealed record AdvertiseRule
{
    [OneOf("DENY", "ALLOW")]
    public string Action { get; init; } = "ALLOW";

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [AtMost(1024)]
    public string? Description { get; init; }

    [Mandatory, WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string> Networks { get; init; } = [];
}

/// <summary>Routing as a whole of a router; born with it.</summary>
internal sealed record RoutingConfig : ManagedResource
{
    [Within(0, 1000)]
    public long ForwardingUpTimer { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}
