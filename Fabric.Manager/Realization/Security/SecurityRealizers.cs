namespace Fabric.Manager.Realization.Security;

/// <summary>What the policy objects of this area become.</summary>
internal static class SecurityRealizers
{
    public static readonly IReadOnlyList<Realizer> All = [];
}
