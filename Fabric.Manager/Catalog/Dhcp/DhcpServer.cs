using Fabric.Manager.Catalog.Edge;

namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>Where DHCP servers run.</summary>
internal sealed record DhcpProfile : ManagedResource
{
    [Mandatory, RefersTo(typeof(EdgeCluster))]
    public string EdgeClusterId { get; init; } = "";

    [AtMost(2)]
    public IReadOnlyList<long>? EdgeClusterMemberIndexes { get; init; }

    public bool EnableStandbyRelocation { get; init; }
}

/// <summary>A DHCP server of a logical switch.</summary>
internal sealed record LogicalDhcpServer : ManagedResource
{
    [Mandatory, RefersTo(typeof(DhcpProfile))]
    public string DhcpProfileId { get; init; } = "";

    [Mandatory]
    public IPv4DhcpServer? Ipv4DhcpServer { get; init; }

    [ServerSet]
    public string? AttachedLogicalPortId { get; init; }

    public IPv6DhcpServer? Ipv6DhcpServer { get; init; }
}

/// <summary>Its IPv4 side.</summary>
internal sealed record IPv4DhcpServer
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string DhcpServerIp { get; init; } = "";

    [AtMost(2), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public string? DomainName { get; init; }

    [WrittenAs(TextForm.Ip)]
    public string? GatewayIp { get; init; }

    public bool MonitorIppoolUsage { get; init; }

    public DhcpOptions? Options { get; init; }
}

/// <summary>Its IPv6 side.</summary>
internal sealed record IPv6DhcpServer
{
    [WrittenAs(TextForm.Cidr)]
    public string? DhcpServerIp { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<string>? DomainNames { get; init; }

    [ServerSet]
    public string? ServerId { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SntpServers { get; init; }
}

/// <summary>Options that it sends besides.</summary>
internal sealed record DhcpOptions
{
    public DhcpOption121? Option121 { get; init; }

    [AtMost(255)]
    public IReadOnlyList<GenericDhcpOption>? Others { get; init; }
}

/// <summary>Classless static routes (RFC 3442).</summary>
internal sealed record DhcpOption121
{
    [Mandatory, AtMost(27), AtLeast(1)]
    public IReadOnlyList<ClasslessStaticRoute> StaticRoutes { get; init; } = [];
}

/// <summary>One such route.</summary>
internal sealed record ClasslessStaticRoute
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string Network { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string NextHop { get; init; } = "";
}

/// <summary>Any option by its number.</summary>
internal sealed record GenericDhcpOption
{
    [Mandatory, Within(0, 255)]
    public long Code { get; init; }

    [Mandatory, AtMost(10), AtLeast(1)]
    public IReadOnlyList<string> Values { get; init; } = [];
}
