namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of load balancing.</summary>
internal static class LoadBalancingCases
{
    public static IEnumerable<PolicyCase> All =>
    [
    ];
}
