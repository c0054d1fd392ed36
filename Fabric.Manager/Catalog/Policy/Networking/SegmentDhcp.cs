namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>DHCP on one subnet of a segment.</summary>
[Family(typeof(SegmentDhcpV4Config), typeof(SegmentDhcpV6Config))]
internal abstract record SegmentDhcpConfig : TypedPart
{
    /// <summary>The server's own address in the subnet.</summary>
    [WrittenAs(TextForm.Cidr)]
    public string? ServerAddress { get; init; }

    [WrittenAs(TextForm.Ip), AtMost(2)]
    public IReadOnlyList<string>? DnsServers { get; init; }

    /// <summary>Seconds.</summary>
    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;
}

/// <summary>DHCPv4 on a subnet.</summary>
internal sealed record SegmentDhcpV4Config : SegmentDhcpConfig
{
    public DhcpV4Options? Options { get; init; }
}

/// <summary>DHCPv6 on a subnet.</summary>
internal sealed record SegmentDhcpV6Config : SegmentDhcpConfig
{
    [Within(48, 4_294_967_295)]
    public long? PreferredTime { get; init; }

    public IReadOnlyList<string>? DomainNames { get; init; }

    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string>? ExcludedRanges { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SntpServers { get; init; }
}

/// <summary>Options that a DHCPv4 server adds to its answers.</summary>
internal sealed record DhcpV4Options
{
    public DhcpOption121? Option121 { get; init; }

    public IReadOnlyList<GenericDhcpOption>? Others { get; init; }
}

/// <summary>Routes that a DHCP client installs (RFC 3442).</summary>
internal sealed record DhcpOption121
{
    [Mandatory, AtMost(27), AtLeast(1)]
    public IReadOnlyList<ClasslessStaticRoute> StaticRoutes { get; init; } = [];
}

/// <summary>A network and the next hop by which a DHCP client reaches it.</summary>
internal sealed record ClasslessStaticRoute
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string Network { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string NextHop { get; init; } = "";
}

/// <summary>A DHCP option by its number.</summary>
internal sealed record GenericDhcpOption
{
    [Mandatory, Within(0, 255)]
    public long Code { get; init; }

    [Mandatory, AtMost(10), AtLeast(1)]
    public IReadOnlyList<string> Values { get; init; } = [];
}
