using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Edge;

/// <summary>The rows of edges and their clusters.</summary>
internal static class EdgeRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<EdgeCluster>("/edge-clusters", EdgeChecks.Complete, EdgeClusterMirror.Release),
        ResourceType.Of<ClusterProfile>(
            "/cluster-profiles",
            filters: [("resource_type", profile => profile.ResourceType)],
            hidesSystemOwned: true),
        ResourceType.Of<FailureDomain>("/failure-domains"),
    ];
}
