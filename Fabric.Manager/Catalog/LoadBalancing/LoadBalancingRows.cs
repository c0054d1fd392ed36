namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>The load balancer's rows of the catalog.</summary>
internal static class LoadBalancingRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<LbService>(
            "/loadbalancer/services",
            LoadBalancingChecks.Complete,
            filters: [("logical_router_id", service => service.Attachment?.TargetId)]),
        ResourceType.Of<LbVirtualServer>("/loadbalancer/virtual-servers", LoadBalancingChecks.Complete),
        ResourceType.Of<LbPool>("/loadbalancer/pools", LoadBalancingChecks.Complete),
        ResourceType.Of<LbRule>("/loadbalancer/rules", LoadBalancingChecks.Complete),
        ResourceType.Of<LbMonitor>("/loadbalancer/monitors", LoadBalancingChecks.Complete, filters: [("type", monitor => monitor.ResourceType)]),
        ResourceType.Of<LbAppProfile>("/loadbalancer/application-profiles", filters: [("type", profile => profile.ResourceType)], systemOwnedMayChange: true),
        ResourceType.Of<LbPersistenceProfile>("/loadbalancer/persistence-profiles", filters: [("type", profile => profile.ResourceType)], systemOwnedMayChange: true),
        ResourceType.Of<LbClientSslProfile>("/loadbalancer/client-ssl-profiles", LoadBalancingChecks.Complete),
        ResourceType.Of<LbServerSslProfile>("/loadbalancer/server-ssl-profiles", LoadBalancingChecks.Complete),
    ];
}
