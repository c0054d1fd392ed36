using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Grouping;

/// <summary>Questions that one member must all answer, and members that are left out all the same.</summary>
internal sealed record GroupTerm(IReadOnlyList<Criterion> Criteria, IReadOnlyCollection<ResourceKey> Excluded);

/// <summary>What a group of either API says about its members: what they are like, who they are, and which addresses.</summary>
internal sealed record GroupPlan(IReadOnlyList<GroupTerm> Terms, IReadOnlySet<ResourceKey> Named, IReadOnlyList<string> Addresses, IReadOnlyList<string> Macs)
{
    /// <summary>Null: not a group.</summary>
    public static GroupPlan? Of(ManagedResource? resource) => resource switch
    {
        Group { MarkedForDelete: false } group => Of(group),
        NSGroup group => Of(group),
        _ => null,
    };

    /// <summary>The member that a path names; null: nothing that groups can contain.</summary>
    public static ResourceKey? KeyOf(string path)
        => path.Contains("/virtual-machines/", StringComparison.Ordinal) ? new ResourceKey(Subject.Machine, path[(path.LastIndexOf('/') + 1)..])
            : PolicyTree.Find(path) is { Id: not null } place ? place.Key : null;

    private static GroupPlan Of(Group group)
    {
        var terms = new List<GroupTerm>();
        var named = new HashSet<ResourceKey>();
        var addresses = new List<string>();
        var macs = new List<string>();
        foreach (var term in GroupTerms.Of(group.Expression ?? []))
        {
            switch (term)
            {
                case [PathExpression paths]:
                    named.UnionWith(paths.Paths.Select(KeyOf).OfType<ResourceKey>());
                    break;
                case [ExternalIDExpression ids]:
                    named.UnionWith(ids.ExternalIds.Select(id => new ResourceKey(ids.MemberType, id)));
                    break;
                case [IPAddressExpression ips]:
                    addresses.AddRange(ips.IpAddresses);
                    break;
                case [MACAddressExpression some]:
                    macs.AddRange(some.MacAddresses);
                    break;
                default:
                    var conditions = GroupTerms.ConditionsOf(term).ToList();
                    if (conditions.Count > 0)
                    {
                        terms.Add(new GroupTerm(
                            [.. conditions.Select(Criterion.Of)],
                            [.. conditions.SelectMany(condition => condition.Exclude?.PathExpression?.Paths ?? []).Select(KeyOf).OfType<ResourceKey>()]));
                    }

                    break;
            }
        }

        return new GroupPlan(terms, named, addresses, macs);
    }

    private static GroupPlan Of(NSGroup group) => new(
        [.. (group.MembershipCriteria ?? []).Select(criterion => new GroupTerm(
            [.. (criterion is NSGroupComplexExpression complex ? complex.Expressions : [criterion]).Select(Criterion.Of).OfType<Criterion>()], []))],
        (group.Members ?? []).Select(member => new ResourceKey(member.TargetType, member.Value)).ToHashSet(),
        [],
        []);
}
