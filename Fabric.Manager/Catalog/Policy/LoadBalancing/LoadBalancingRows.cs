namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>The rows of load balancers below an infra.</summary>
internal static class LoadBalancingRows
{
    /// <summary>A VPC's own, which NSX calls by other words.</summary>
    public static IReadOnlyList<PolicyType> OfVpc { get; } =
    [
        PolicyType.Of<LBService>("vpc-lbs", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBVirtualServer>("vpc-lb-virtual-servers", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBPool>("vpc-lb-pools", LoadBalancingChecks.Complete, canForce: true),
    ];

    public static IReadOnlyList<PolicyType> OfInfra { get; } =
    [
        PolicyType.Of<LBService>("lb-services", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBVirtualServer>("lb-virtual-servers", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBPool>("lb-pools", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBMonitorProfile>("lb-monitor-profiles", canForce: true),
        PolicyType.Of<LBAppProfile>("lb-app-profiles", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBPersistenceProfile>("lb-persistence-profiles", canForce: true),
        PolicyType.Of<LBClientSslProfile>("lb-client-ssl-profiles", LoadBalancingChecks.Complete, canForce: true),
        PolicyType.Of<LBServerSslProfile>("lb-server-ssl-profiles", LoadBalancingChecks.Complete, canForce: true),
    ];
}
