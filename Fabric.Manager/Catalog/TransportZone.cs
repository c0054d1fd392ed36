namespace Fabric.Manager.Catalog;

/// <summary>How far a logical switch may reach: the hosts whose host switch has an endpoint in the zone.</summary>
internal sealed record TransportZone : ManagedResource
{
    [Mandatory, Immutable, OneOf("OVERLAY", "VLAN")]
    public string TransportType { get; init; } = "OVERLAY";

    [AtMost(255)]
    public string HostSwitchName { get; init; } = "nsxDefaultHostSwitch";

    [ServerSet]
    public string HostSwitchId { get; init; } = "";

    [OneOf("STANDARD", "ENS", "ENS_INTERRUPT")]
    public string HostSwitchMode { get; init; } = "STANDARD";

    /// <summary>The fabric runs inside another: its routers then use the other VDR MAC.</summary>
    public bool NestedNsx { get; init; }

    public bool IsDefault { get; init; }

    public IReadOnlyList<string>? UplinkTeamingPolicyNames { get; init; }

    public IReadOnlyList<string>? AuthorizedVlans { get; init; }

    [OneOf("IPV4_ONLY", "IPV6_ONLY", "IPV4_AND_IPV6")]
    public string? ForwardingMode { get; init; }

    public IReadOnlyList<TransportZoneProfileTypeIdEntry>? TransportZoneProfileIds { get; init; }
}

/// <summary>A profile by which a zone's tunnels are watched.</summary>
internal sealed record TransportZoneProfileTypeIdEntry
{
    [Mandatory]
    public string ProfileId { get; init; } = "";

    [OneOf("BfdHealthMonitoringProfile")]
    public string? ResourceType { get; init; }
}
