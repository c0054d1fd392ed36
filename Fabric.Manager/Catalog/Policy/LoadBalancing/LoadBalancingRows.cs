namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>The rows of load balancing below an infra.</summary>
internal static class LoadBalancingRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
    ];
}
