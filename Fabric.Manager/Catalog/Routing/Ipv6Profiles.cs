using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Catalog.Routing;

/// <summary>How a router looks for duplicates of its IPv6 addresses.</summary>
[StorageOnly]
internal sealed record DADProfile : ManagedResource
{
    [OneOf("LOOSE", "STRICT")]
    public string DadMode { get; init; } = "LOOSE";

    [Within(0, 10)]
    public long NsRetries { get; init; } = 3;

    [Within(0, 60)]
    public long WaitTime { get; init; } = 1;
}

/// <summary>How a router advertises itself (RFC 4861).</summary>
[StorageOnly]
internal sealed record NDRAProfile : ManagedResource
{
    [Mandatory]
    public RAConfig? RaConfig { get; init; }

    [Mandatory, OneOf("DISABLED", "SLAAC_DNS_THROUGH_RA", "SLAAC_DNS_THROUGH_DHCP", "DHCP_ADDRESS_AND_DNS_THROUGH_DHCP", "SLAAC_AND_ADDRESS_DNS_THROUGH_DHCP")]
    public string RaMode { get; init; } = "SLAAC_DNS_THROUGH_RA";

    public RaDNSConfig? DnsConfig { get; init; }

    public IReadOnlyList<NDRAAdvertisedRoute>? NdraAdvertisedRoute { get; init; }

    [Within(0, 3_600_000)]
    public long ReachableTimer { get; init; }

    [Within(0, 4_294_967_295)]
    public long RetransmitInterval { get; init; } = 1000;
}
