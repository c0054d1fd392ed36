namespace Fabric.Manager.Realization.LoadBalancing;

/// <summary>What the policy objects of this area become.</summary>
internal static class LoadBalancingRealizers
{
    public static readonly IReadOnlyList<Realizer> All = [];
}
