namespace Fabric.Manager.Realization.Networking;

/// <summary>What the policy objects of this area become.</summary>
internal static class NetworkingRealizers
{
    public static readonly IReadOnlyList<Realizer> All = [];
}
