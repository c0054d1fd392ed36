namespace Fabric.Manager.Catalog.Bridging;

/// <summary>The rows of bridges between switches and VLANs.</summary>
internal static class BridgingRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<BridgeCluster>("/bridge-clusters"),
        ResourceType.Of<BridgeEndpointProfile>("/bridge-endpoint-profiles", filters: [("edge_cluster_id", profile => profile.EdgeClusterId)]),
        ResourceType.Of<BridgeEndpoint>(
            "/bridge-endpoints",
            filters: [("bridge_cluster_id", endpoint => endpoint.BridgeClusterId), ("bridge_endpoint_profile_id", endpoint => endpoint.BridgeEndpointProfileId),
                ("vlan_transport_zone_id", endpoint => endpoint.VlanTransportZoneId)]),
    ];
}
