namespace Fabric.Manager.Catalog.Edge;

/// <summary>How members of a cluster watch each other.</summary>
[Family(typeof(BridgeHighAvailabilityClusterProfile), typeof(EdgeHighAvailabilityProfile))]
internal abstract record ClusterProfile : ManagedResource;

/// <summary>Of edge clusters.</summary>
internal sealed record EdgeHighAvailabilityProfile : ClusterProfile
{
    [Within(1, 255)]
    public long BfdAllowedHops { get; init; } = 255;

    [Within(2, 16)]
    public long BfdDeclareDeadMultiple { get; init; } = 3;

    [Within(300, 60_000)]
    public long BfdProbeInterval { get; init; } = 1000;

    public StandbyRelocationConfig? StandbyRelocationConfig { get; init; }
}

/// <summary>When a lost standby is made anew elsewhere.</summary>
internal sealed record StandbyRelocationConfig
{
    [Within(10, 20_000)]
    public long StandbyRelocationThreshold { get; init; } = 30;
}

/// <summary>Of bridge clusters.</summary>
internal sealed record BridgeHighAvailabilityClusterProfile : ClusterProfile
{
    [Within(300, 60_000)]
    public long BfdProbeInterval { get; init; } = 1000;

    public bool Enable { get; init; } = true;
}
