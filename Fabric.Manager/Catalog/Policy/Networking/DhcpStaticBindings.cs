namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>An address that DHCP keeps for one MAC on a segment.</summary>
[Family(typeof(DhcpV4StaticBindingConfig), typeof(DhcpV6StaticBindingConfig))]
internal abstract record DhcpStaticBindingConfig : PolicyResource;

/// <summary>An IPv4 address for one MAC.</summary>
internal sealed record DhcpV4StaticBindingConfig : DhcpStaticBindingConfig
{
    [Mandatory, WrittenAs(TextForm.Mac)]
    public string MacAddress { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [WrittenAs(TextForm.Ip)]
    public string? GatewayAddress { get; init; }

    [AtMost(63)]
    public string? HostName { get; init; }

    /// <summary>Seconds.</summary>
    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    public DhcpV4Options? Options { get; init; }
}

/// <summary>IPv6 addresses for one MAC.</summary>
internal sealed record DhcpV6StaticBindingConfig : DhcpStaticBindingConfig
{
    [Mandatory, WrittenAs(TextForm.Mac)]
    public string MacAddress { get; init; } = "";

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? IpAddresses { get; init; }

    /// <summary>Seconds.</summary>
    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    [Within(48, 4_294_967_295)]
    public long? PreferredTime { get; init; }

    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<string>? DomainNames { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SntpServers { get; init; }
}
