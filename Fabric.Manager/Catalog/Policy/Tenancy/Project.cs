using System.Text.Json.Serialization;
using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>A tenant: its own tree of networking and security, and its VPCs.</summary>
internal sealed record Project : PolicyResource
{
    [ServerSet]
    public bool Default { get; init; }

    /// <summary>What names of realized objects start with.</summary>
    [AtMost(8), Immutable]
    public string? ShortId { get; init; }

    /// <summary>Gateways that the provider lends to the project.</summary>
    [JsonPropertyName("tier_0s"), PathTo(typeof(Tier0))]
    public IReadOnlyList<string>? Tier0s { get; init; }

    /// <summary>Blocks that the provider lends to the project.</summary>
    [PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? ExternalIpv4Blocks { get; init; }

    public IReadOnlyList<SiteInfo>? SiteInfos { get; init; }

    public bool ActivateDefaultDfwRules { get; init; } = true;

    public DedicatedResources? DedicatedResources { get; init; }

    public IReadOnlyList<string>? TgwExternalConnections { get; init; }

    public bool? VcFolder { get; init; }

    public IReadOnlyList<string>? Quotas { get; init; }

    public IReadOnlyList<string>? Limits { get; init; }
}

/// <summary>Gateways that belong to one project alone.</summary>
internal sealed record DedicatedResources
{
    [JsonPropertyName("tier_0s"), PathTo(typeof(Tier0))]
    public IReadOnlyList<string>? Tier0s { get; init; }
}

/// <summary>Where a project runs: a site, its edge clusters and transport zones.</summary>
internal sealed record SiteInfo
{
    [PathTo(typeof(Site))]
    public string? SitePath { get; init; }

    [PathTo(typeof(PolicyEdgeCluster))]
    public IReadOnlyList<string>? EdgeClusterPaths { get; init; }

    [PathTo(typeof(PolicyTransportZone))]
    public IReadOnlyList<string>? TransportZonePaths { get; init; }
}
