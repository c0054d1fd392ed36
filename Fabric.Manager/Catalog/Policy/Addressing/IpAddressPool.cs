namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Addresses that are handed out one by one, from its subnets.</summary>
internal sealed record IpAddressPool : PolicyResource
{
    public bool CheckOverlapWithExistingPools { get; init; }

    [OneOf("IPV4", "IPV6", "DUAL"), ServerSet]
    public string? IpAddressType { get; init; }

    /// <summary>Milliseconds for which a freed address rests.</summary>
    [Within(0, 3_600_000)]
    public long? IpReleaseDelay { get; init; }

    [ServerSet]
    public PolicyPoolUsage? PoolUsage { get; init; }

    [OneOf("PRIVATE", "PUBLIC")]
    public string? Visibility { get; init; }

    public bool? SyncRealization { get; init; }

    /// <summary>Of the pool of a VPC subnet: what it hands out, in place of subnets of its own.</summary>
    [Hidden]
    public IReadOnlyList<IpPoolRange>? OwnRanges { get; init; }
}

/// <summary>How much of a pool is taken.</summary>
internal sealed record PolicyPoolUsage
{
    [ServerSet]
    public long? TotalIps { get; init; }

    [ServerSet]
    public long? AvailableIps { get; init; }

    [ServerSet]
    public long? AllocatedIpAllocations { get; init; }

    [ServerSet]
    public long? RequestedIpAllocations { get; init; }
}
