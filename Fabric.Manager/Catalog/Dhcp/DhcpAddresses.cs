namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>Addresses that a DHCP server leases.</summary>
internal sealed record DhcpIpPool : ManagedResource
{
    [Mandatory]
    public IReadOnlyList<IpPoolRange> AllocationRanges { get; init; } = [];

    [Within(80, 100)]
    public long ErrorThreshold { get; init; } = 100;

    [WrittenAs(TextForm.Ip)]
    public string? GatewayIp { get; init; }

    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    public DhcpOptions? Options { get; init; }

    [Within(50, 80)]
    public long WarningThreshold { get; init; } = 80;

    /// <summary>The server it belongs to.</summary>
    [Hidden, RefersTo(typeof(LogicalDhcpServer))]
    public string ServerId { get; init; } = "";
}

/// <summary>The address of one MAC.</summary>
internal sealed record DhcpStaticBinding : ManagedResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Mac)]
    public string MacAddress { get; init; } = "";

    [WrittenAs(TextForm.Ip)]
    public string? GatewayIp { get; init; }

    public string? HostName { get; init; }

    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    public DhcpOptions? Options { get; init; }

    /// <summary>The server it belongs to.</summary>
    [Hidden, RefersTo(typeof(LogicalDhcpServer))]
    public string ServerId { get; init; } = "";
}

/// <summary>IPv6 addresses that a DHCP server leases.</summary>
internal sealed record DhcpV6IpPool : ManagedResource
{
    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<string>? DomainNames { get; init; }

    public IReadOnlyList<IpPoolRange>? ExcludedRanges { get; init; }

    public long? LeaseTime { get; init; }

    public long? PreferredTime { get; init; }

    public IReadOnlyList<IpPoolRange>? Ranges { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SntpServers { get; init; }

    /// <summary>The server it belongs to.</summary>
    [Hidden, RefersTo(typeof(LogicalDhcpServer))]
    public string ServerId { get; init; } = "";
}

/// <summary>The IPv6 address of one client.</summary>
internal sealed record DhcpV6StaticBinding : ManagedResource
{
    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<string>? DomainNames { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? IpAddresses { get; init; }

    public long? LeaseTime { get; init; }

    [WrittenAs(TextForm.Mac)]
    public string? MacAddress { get; init; }

    public long? PreferredTime { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SntpServers { get; init; }

    /// <summary>The server it belongs to.</summary>
    [Hidden, RefersTo(typeof(LogicalDhcpServer))]
    public string ServerId { get; init; } = "";
}
