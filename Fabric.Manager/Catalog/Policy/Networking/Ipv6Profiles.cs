namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>What a gateway says in router advertisements.</summary>
internal sealed record Ipv6NdraProfile : PolicyResource
{
    [Mandatory, OneOf("DISABLED", "SLAAC_DNS_THROUGH_RA", "SLAAC_DNS_THROUGH_DHCP", "DHCP_ADDRESS_AND_DNS_THROUGH_DHCP", "SLAAC_AND_ADDRESS_DNS_THROUGH_DHCP")]
    public string RaMode { get; init; } = "";

    [Mandatory]
    public RAConfig RaConfig { get; init; } = new();

    public RaDNSConfig? DnsConfig { get; init; }

    public IReadOnlyList<NDRAAdvertisedRoute>? NdraAdvertisedRoute { get; init; }

    /// <summary>Milliseconds.</summary>
    [Within(0, 3_600_000)]
    public long ReachableTimer { get; init; }

    /// <summary>Milliseconds.</summary>
    [Within(0, 4_294_967_295)]
    public long RetransmitInterval { get; init; } = 1000;
}

/// <summary>Timers and preference of router advertisements.</summary>
internal sealed record RAConfig
{
    [OneOf("LOW", "MEDIUM", "HIGH", "RESERVED")]
    public string RouterPreference { get; init; } = "MEDIUM";

    [Within(0, 255)]
    public long HopLimit { get; init; } = 64;

    [Within(0, 4294967295)]
    public long PrefixLifetime { get; init; } = 2592000;

    [Within(0, 4294967295)]
    public long PrefixPreferredTime { get; init; } = 604800;

    [Within(4, 1800)]
    public long RaInterval { get; init; } = 600;

    [Within(0, 65520)]
    public long RouterLifetime { get; init; } = 1800;
}

/// <summary>DNS servers and search domains in router advertisements (RFC 8106).</summary>
internal sealed record RaDNSConfig
{
    [AtMost(8), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsServer { get; init; }

    [Within(0, 4294967295)]
    public long DnsServerLifetime { get; init; } = 1800000;

    [AtMost(8)]
    public IReadOnlyList<string>? DomainName { get; init; }

    [Within(0, 4294967295)]
    public long DomainNameLifetime { get; init; } = 1800000;
}

/// <summary>A more specific route in router advertisements (RFC 4191).</summary>
internal sealed record NDRAAdvertisedRoute
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Subnet { get; init; } = "";

    /// <summary>Seconds.</summary>
    [Within(0, 4_294_967_295)]
    public long RouteLifetime { get; init; } = 1800;

    [OneOf("LOW", "MEDIUM", "HIGH", "RESERVED")]
    public string RoutePreference { get; init; } = "MEDIUM";
}

/// <summary>How a gateway looks for duplicates of its IPv6 addresses.</summary>
internal sealed record Ipv6DadProfile : PolicyResource
{
    [OneOf("LOOSE", "STRICT")]
    public string DadMode { get; init; } = "LOOSE";

    [Within(0, 10)]
    public long NsRetries { get; init; } = 3;

    /// <summary>Seconds between solicitations.</summary>
    [Within(0, 60)]
    public long WaitTime { get; init; } = 1;
}
