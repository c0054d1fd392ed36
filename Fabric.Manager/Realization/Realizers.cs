using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Realization.LoadBalancing;
using Fabric.Manager.Realization.Networking;
using Fabric.Manager.Realization.Security;

namespace Fabric.Manager.Realization;

/// <summary>Every kind of policy object that becomes something. New one: a realizer in its area's list, a case in that area's fixture.</summary>
internal static class Realizers
{
    /// <summary>In the order in which intents of one batch are written: what others name comes first.</summary>
    public static readonly IReadOnlyList<Realizer> All =
    [
        .. NetworkingRealizers.All,
        .. SecurityRealizers.All,
        .. LoadBalancingRealizers.All,
    ];

    private static readonly Dictionary<Type, (Realizer Realizer, int Rank)> ByIntent =
        All.Select((realizer, rank) => (realizer, rank)).ToDictionary(item => item.realizer.Intent, item => (item.realizer, item.rank));

    public static Realizer? Of(ManagedResource intent) => Find(intent.GetType())?.Realizer;

    public static int RankOf(ManagedResource intent) => Find(intent.GetType())?.Rank ?? int.MaxValue;

    /// <summary>A member of a family is realized as the family is.</summary>
    private static (Realizer Realizer, int Rank)? Find(Type intent)
    {
        for (var type = intent; type is not null && type != typeof(PolicyResource); type = type.BaseType)
        {
            if (ByIntent.TryGetValue(type, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
