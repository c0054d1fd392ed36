namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>Some hosts of a compute cluster.</summary>
internal sealed record SubCluster : PolicyResource
{
    public string? ComputeCollectionId { get; init; }

    public SubClusterInfo? SubClusterInfo { get; init; }
}

/// <summary>The hosts of a sub-cluster, by hand.</summary>
internal sealed record SubClusterInfo
{
    public IReadOnlyList<string>? DiscoveredNodeIds { get; init; }

    [OneOf("MANUAL")]
    public string? SubClusterType { get; init; }
}
