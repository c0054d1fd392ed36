namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>A network from which subnets of pools, segments and VPCs are carved.</summary>
internal sealed record IpAddressBlock : PolicyResource
{
    [WrittenAs(TextForm.Cidr)]
    public string? Cidr { get; init; }

    /// <summary>Instead of one network: several, as newer clients state them.</summary>
    [AtMost(5), WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? Cidrs { get; init; }

    [AtMost(5)]
    public IReadOnlyList<IpPoolRange>? Ranges { get; init; }

    /// <summary>Addresses that are never handed out.</summary>
    [AtMost(32)]
    public IReadOnlyList<IpPoolRange>? ExcludedIps { get; init; }

    /// <summary>Addresses that are handed out only when asked for.</summary>
    [AtMost(32)]
    public IReadOnlyList<IpPoolRange>? ReservedIps { get; init; }

    /// <summary>Subnets come from it, and no single addresses.</summary>
    public bool? SubnetExclusive { get; init; }

    [OneOf("PRIVATE", "EXTERNAL")]
    public string? Visibility { get; init; }

    [OneOf("IPV4", "IPV6"), ServerSet]
    public string? IpAddressType { get; init; }

    [ServerSet]
    public string? AvailableAllocationSize { get; init; }

    public bool? SyncRealization { get; init; }
}
