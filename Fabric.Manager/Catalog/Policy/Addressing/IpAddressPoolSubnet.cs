namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>A network of a pool: stated, or carved from a block.</summary>
[Family(typeof(IpAddressPoolBlockSubnet), typeof(IpAddressPoolStaticSubnet))]
internal abstract record IpAddressPoolSubnet : PolicyResource
{
    public bool? SyncRealization { get; init; }
}

/// <summary>A subnet of the asked size, carved from a block.</summary>
internal sealed record IpAddressPoolBlockSubnet : IpAddressPoolSubnet, ITakesFromBlock
{
    [Mandatory, Immutable, PathTo(typeof(IpAddressBlock))]
    public string IpBlockPath { get; init; } = "";

    /// <summary>How many addresses, the network's own included: a power of two.</summary>
    [Immutable]
    public long? Size { get; init; }

    /// <summary>The same as a number in text, for what a long cannot hold.</summary>
    [Immutable]
    public string? SubnetSize { get; init; }

    /// <summary>The first address, when not any will do.</summary>
    [Immutable, WrittenAs(TextForm.Ip)]
    public string? StartIp { get; init; }

    [Immutable]
    public bool AutoAssignGateway { get; init; } = true;

    [WrittenAs(TextForm.Cidr), ServerSet]
    public string? Cidr { get; init; }

    [ServerSet]
    public string? NetworkAddress { get; init; }

    [ServerSet]
    public string? BroadcastAddress { get; init; }

    [ServerSet]
    public string? GatewayAddress { get; init; }

    [ServerSet]
    public IReadOnlyList<IpPoolRange>? AllocationRanges { get; init; }

    public long? AllocationRange { get; init; }

    public IEnumerable<string> TakenFrom(string block) => Cidr is { } cidr && IpBlockPath == block ? [cidr] : [];

    public override IEnumerable<Claim> Claims() => TakenFrom(IpBlockPath).Select(cidr => BlockSpace.Claim(IpBlockPath, cidr));
}

/// <summary>A network stated by hand, with the ranges that are handed out.</summary>
internal sealed record IpAddressPoolStaticSubnet : IpAddressPoolSubnet
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Cidr { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<IpPoolRange> AllocationRanges { get; init; } = [];

    [WrittenAs(TextForm.Ip)]
    public string? GatewayIp { get; init; }

    [WrittenAs(TextForm.Ip), AtMost(3)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    [AtMost(255)]
    public string? DnsSuffix { get; init; }
}
