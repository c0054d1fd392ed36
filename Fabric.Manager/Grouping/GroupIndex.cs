using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Grouping;

/// <summary>
/// Every group of both APIs and everything that they may contain, kept up change by change: a change costs what it touches, and a question
/// about a group costs its members.
/// </summary>
internal sealed class GroupIndex
{
    private readonly CriterionTable _criteria = new();
    private readonly Dictionary<ResourceKey, GroupPlan> _groups = [];
    private readonly Dictionary<ResourceKey, HashSet<ResourceKey>> _naming = []; // who is named by which groups

    public IEnumerable<KeyValuePair<ResourceKey, GroupPlan>> Groups => _groups;

    public GroupPlan? PlanOf(ResourceKey group) => _groups.GetValueOrDefault(group);

    /// <summary>A resource as it is now, or that it is gone (null).</summary>
    public void Put(ResourceKey key, ManagedResource? resource)
    {
        bool gone = resource is null or PolicyResource { MarkedForDelete: true };
        _criteria.Put(key, gone ? null : Subject.Of(resource!));
        Plan(key, gone ? null : GroupPlan.Of(resource));
    }

    /// <summary>A member that is no resource, such as a virtual machine, or that it is gone (null).</summary>
    public void Put(ResourceKey key, Subject? subject) => _criteria.Put(key, subject);

    /// <summary>The members that the group itself has: those named, and those that are like it says; groups among them stand for theirs.</summary>
    public IEnumerable<ResourceKey> OwnMembers(ResourceKey group)
        => _groups.TryGetValue(group, out var plan) ? plan.Terms.SelectMany(Meet).Concat(plan.Named).Distinct() : [];

    /// <summary>All members, through however many groups; the groups among them too.</summary>
    public HashSet<ResourceKey> MembersOf(ResourceKey group)
    {
        var members = new HashSet<ResourceKey>();
        var seen = new HashSet<ResourceKey> { group };
        var open = new Queue<ResourceKey>(seen);
        while (open.TryDequeue(out var next))
        {
            foreach (var member in OwnMembers(next))
            {
                members.Add(member);
                if (_groups.ContainsKey(member) && seen.Add(member))
                {
                    open.Enqueue(member);
                }
            }
        }

        return members;
    }

    /// <summary>The groups that contain any of these, directly or through other groups.</summary>
    public HashSet<ResourceKey> Containing(IEnumerable<ResourceKey> members)
    {
        var found = new HashSet<ResourceKey>();
        var open = new Queue<ResourceKey>(members);
        while (open.TryDequeue(out var member))
        {
            foreach (var group in DirectlyContaining(member))
            {
                if (found.Add(group))
                {
                    open.Enqueue(group);
                }
            }
        }

        return found;
    }

    private IEnumerable<ResourceKey> DirectlyContaining(ResourceKey member)
    {
        IEnumerable<ResourceKey> named = _naming.GetValueOrDefault(member, []);
        return _criteria.Find(member) is not { } subject ? named
            : named.Concat(_criteria.GroupsAsking(subject).Distinct().Where(group => _groups[group].Terms.Any(term => Holds(term, subject)))).Distinct();
    }

    private static bool Holds(GroupTerm term, Subject subject)
        => term.Criteria.Count > 0 && term.Criteria.All(criterion => criterion.Holds(subject)) && !term.Excluded.Contains(subject.Key);

    /// <summary>Those of the rarest question that answer the others too.</summary>
    private IEnumerable<ResourceKey> Meet(GroupTerm term)
        => term.Criteria.Count == 0 ? []
            : term.Criteria.Select(_criteria.MembersOf).MinBy(set => set.Count)!.Where(key => Holds(term, _criteria.Find(key)!));

    private void Plan(ResourceKey key, GroupPlan? plan)
    {
        if (_groups.Remove(key, out var old))
        {
            foreach (var criterion in old.Terms.SelectMany(term => term.Criteria).Distinct())
            {
                _criteria.Unask(key, criterion);
            }

            foreach (var named in old.Named)
            {
                if (_naming.TryGetValue(named, out var groups) && groups.Remove(key) && groups.Count == 0)
                {
                    _naming.Remove(named);
                }
            }
        }

        if (plan is null)
        {
            return;
        }

        _groups.Add(key, plan);
        foreach (var criterion in plan.Terms.SelectMany(term => term.Criteria))
        {
            _criteria.Ask(key, criterion);
        }

        foreach (var named in plan.Named)
        {
            if (!_naming.TryGetValue(named, out var groups))
            {
                _naming.Add(named, groups = []);
            }

            groups.Add(key);
        }
    }
}
