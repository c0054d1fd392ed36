using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog;

/// <summary>Addresses that the manager hands out, for TEPs and on request.</summary>
internal sealed record IpPool : ManagedResource
{
    public bool CheckOverlapWithExistingPools { get; init; }

    /// <summary>Milliseconds that a released address waits before it is handed out again.</summary>
    [Within(0, 3_600_000)]
    public long IpReleaseDelay { get; init; } = 120_000;

    [ServerSet]
    public PoolUsage? PoolUsage { get; init; }

    [ServerSet]
    public string? IpAddressType { get; init; }

    [AtMost(5)]
    public IReadOnlyList<IpPoolSubnet>? Subnets { get; init; }
}

/// <summary>A subnet of a pool, with the ranges that are handed out.</summary>
internal sealed record IpPoolSubnet
{
    [Mandatory]
    public IReadOnlyList<IpPoolRange> AllocationRanges { get; init; } = [];

    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Cidr { get; init; } = "";

    [AtMost(3), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public string? DnsSuffix { get; init; }

    [WrittenAs(TextForm.Ip)]
    public string? GatewayIp { get; init; }
}

/// <summary>A range of addresses, both ends included.</summary>
internal sealed record IpPoolRange
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string Start { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string End { get; init; } = "";
}

/// <summary>How much of a pool is taken.</summary>
internal sealed record PoolUsage
{
    public long AllocatedIds { get; init; }

    public long FreeIds { get; init; }

    public long TotalIds { get; init; }
}

/// <summary>An address taken from a pool on request. One that was released stays for its delay, with the time it becomes free.</summary>
internal sealed record AllocationIpAddress : ManagedResource
{
    /// <summary>The address.</summary>
    [WrittenAs(TextForm.Ip)]
    public string? AllocationId { get; init; }

    [Hidden, RefersTo(typeof(IpPool))]
    public string PoolId { get; init; } = "";

    /// <summary>Milliseconds since 1970 from which a released address may be handed out again; null: it is in use.</summary>
    [Hidden, JsonPropertyName("free_at")]
    public long? FreeAt { get; init; }
}

/// <summary>The virtual network identifiers that overlay switches get.</summary>
internal sealed record VniPool : ManagedResource
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<VniRange> Ranges { get; init; } = [];

    [ServerSet]
    public PoolUsage? PoolUsage { get; init; }
}

/// <summary>A range of VNIs, both ends included.</summary>
internal sealed record VniRange
{
    [Mandatory, Within(5000, 16_777_215)]
    public uint Start { get; init; }

    [Mandatory, Within(5000, 16_777_215)]
    public uint End { get; init; }
}
