using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Tenancy;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>Every view of what has come of policy objects: a new one is a line here.</summary>
internal static class RealizationViews
{
    public static IReadOnlyList<PolicyView> All =>
    [
        .. RealizedStateViews.Below<Infra>(),
        .. RealizedStateViews.Below<Vpc>(),
        .. InventoryViews.All,
        .. SegmentViews.All,
        .. GatewayViews.All,
        .. GatewayViews.OfHosts,
    ];
}
