namespace Fabric.Manager.Catalog.Ipam;

/// <summary>Addresses from which subnets are carved.</summary>
internal sealed record IpBlock : ManagedResource
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Cidr { get; init; } = "";
}

/// <summary>A subnet carved from a block.</summary>
internal sealed record IpBlockSubnet : ManagedResource
{
    [Mandatory, Immutable, RefersTo(typeof(IpBlock))]
    public string BlockId { get; init; } = "";

    [Mandatory, Immutable, Within(1, 1_073_741_824)]
    public long Size { get; init; }

    [ServerSet]
    public IReadOnlyList<IpPoolRange>? AllocationRanges { get; init; }

    [ServerSet, WrittenAs(TextForm.Cidr)]
    public string? Cidr { get; init; }

    [WrittenAs(TextForm.Ip), Immutable]
    public string? StartIp { get; init; }
}
