using Fabric.Manager.Catalog.Edge;

namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>Answers workloads that ask for their metadata, by asking a server.</summary>
[StorageOnly]
internal sealed record MetadataProxy : ManagedResource
{
    [Mandatory, RefersTo(typeof(EdgeCluster))]
    public string EdgeClusterId { get; init; } = "";

    [Mandatory]
    public string MetadataServerUrl { get; init; } = "";

    [ServerSet]
    public string? AttachedLogicalPortId { get; init; }

    [OneOf("TLS_V1", "TLS_V1_1", "TLS_V1_2")]
    public IReadOnlyList<string>? CryptoProtocols { get; init; }

    [AtMost(2)]
    public IReadOnlyList<long>? EdgeClusterMemberIndexes { get; init; }

    public bool EnableStandbyRelocation { get; init; }

    public IReadOnlyList<string>? MetadataServerCaIds { get; init; }

    [Secret]
    public string? Secret { get; init; }
}
