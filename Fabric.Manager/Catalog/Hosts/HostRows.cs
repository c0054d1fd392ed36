namespace Fabric.Manager.Catalog.Hosts;

/// <summary>The rows of what prepares hosts in numbers.</summary>
internal static class HostRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<TransportNodeProfile>("/transport-node-profiles"),
        ResourceType.Of<TransportNodeCollection>("/transport-node-collections", filters: [("compute_collection_id", collection => collection.ComputeCollectionId)]),
        ResourceType.Of<ComputeManager>(
            "/fabric/compute-managers", filters: [("server", manager => manager.Server), ("origin_type", manager => manager.OriginType)]),
    ];
}
