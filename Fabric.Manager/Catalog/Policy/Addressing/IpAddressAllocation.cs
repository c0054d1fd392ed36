namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>An address taken from a pool: the one asked for, or the next free one.</summary>
internal sealed record IpAddressAllocation : PolicyResource
{
    /// <summary>The address asked for.</summary>
    [WrittenAs(TextForm.Ip), Immutable]
    public string? AllocationIp { get; init; }

    /// <summary>The address that it has.</summary>
    [WrittenAs(TextForm.Ip), ServerSet]
    public string? AllocatedIp { get; init; }

    public bool? SyncRealization { get; init; }

    /// <summary>The unique id of its pool: in the Manager API the pool has that id, and addresses are held by it.</summary>
    [Hidden]
    public string? PoolId { get; init; }

    public override IEnumerable<Claim> Claims() => AllocatedIp is { } ip && PoolId is { } pool ? [ResourceLinks.PoolAddress(pool, ip)] : [];
}
