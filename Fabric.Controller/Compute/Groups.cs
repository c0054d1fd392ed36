using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;

namespace Fabric.Controller.Compute;

/// <summary>What a group comes to, before addresses: its ports, and the sets it names.</summary>
internal sealed record GroupMembers(ImmutableSortedSet<string> Ports, ImmutableSortedSet<string> IpSets, ImmutableSortedSet<string> MacSets)
{
    public static readonly GroupMembers None = new(Sets.Empty, Sets.Empty, Sets.Empty);

    public bool Equals(GroupMembers? other)
        => other is not null && Sets.Comparer.Equals(Ports, other.Ports) && Sets.Comparer.Equals(IpSets, other.IpSets)
            && Sets.Comparer.Equals(MacSets, other.MacSets);

    public override int GetHashCode() => HashCode.Combine(Ports.Count, IpSets.Count, MacSets.Count);

    public GroupMembers With(GroupMembers other)
        => new(Ports.Union(other.Ports), IpSets.Union(other.IpSets), MacSets.Union(other.MacSets));
}

/// <summary>Evaluates groups: static members, nested groups and criteria (reference: nsx-dataplane.md, 4.4).</summary>
internal sealed class Groups
{
    private readonly FabricIntent _intent;
    private readonly FabricFacts _facts;
    private readonly Derived<string, GroupMembers> _own;
    private readonly Derived<string, GroupMembers> _members;

    public Groups(DerivationGraph graph, FabricIntent intent, FabricFacts facts)
    {
        _intent = intent;
        _facts = facts;
        _own = new Derived<string, GroupMembers>(graph, FindOwn);
        _members = new Derived<string, GroupMembers>(graph, FindAll);
    }

    public GroupMembers this[string group] => _members[group];

    // Walks the nesting here, not by recursion between values: the walk ends even if groups contain each other.
    private GroupMembers FindAll(string groupId)
    {
        var result = GroupMembers.None;
        var seen = new HashSet<string> { groupId };
        var open = new Queue<string>([groupId]);
        while (open.TryDequeue(out string? id))
        {
            result = result.With(_own[id]);
            foreach (var nested in (_intent.Groups[id]?.Members ?? []).Where(member => member.TargetType == "NSGroup"))
            {
                if (seen.Add(nested.TargetId))
                {
                    open.Enqueue(nested.TargetId);
                }
            }
        }

        return result;
    }

    private GroupMembers FindOwn(string groupId)
    {
        if (_intent.Groups[groupId] is not { } group)
        {
            return GroupMembers.None;
        }

        return group.Members.Select(Resolve).Concat(group.Criteria.Select(Meet))
            .Aggregate(GroupMembers.None, (all, some) => all.With(some));
    }

    private GroupMembers Resolve(GroupMember member) => member.TargetType switch
    {
        "LogicalPort" when _intent.Ports[member.TargetId] is not null => GroupMembers.None with { Ports = Sets.Empty.Add(member.TargetId) },
        "LogicalSwitch" => GroupMembers.None with { Ports = _intent.PortsOfSwitch[member.TargetId] },
        "IPSet" => GroupMembers.None with { IpSets = Sets.Empty.Add(member.TargetId) },
        "MACSet" => GroupMembers.None with { MacSets = Sets.Empty.Add(member.TargetId) },
        _ => GroupMembers.None,
    };

    /// <summary>All expressions of a criterion hold: of the same port, or of the same set of addresses.</summary>
    private GroupMembers Meet(GroupCriterion criterion)
    {
        ImmutableSortedSet<string>? ports = null;
        ImmutableSortedSet<string>? sets = null;
        foreach (var expression in criterion.Expressions)
        {
            if (expression.TargetType == "IPSet")
            {
                var found = Match(expression, _intent.IpSetsByTag, _intent.IpSets.Ids, id => _intent.IpSets[id]?.DisplayName, id => _intent.IpSets[id]?.Tags);
                sets = sets?.Intersect(found) ?? found;
            }
            else
            {
                var found = PortsWhere(expression);
                ports = ports?.Intersect(found) ?? found;
            }
        }

        // Of both kinds at once there is nothing.
        return ports is not null && sets is not null
            ? GroupMembers.None
            : GroupMembers.None with { Ports = ports ?? Sets.Empty, IpSets = sets ?? Sets.Empty };
    }

    private ImmutableSortedSet<string> PortsWhere(GroupExpression expression) => expression.TargetType switch
    {
        "LogicalPort" => Match(
            expression, _intent.PortsByTag, _intent.Ports.Ids, id => _intent.Ports[id]?.DisplayName, id => _intent.Ports[id]?.Tags),
        "LogicalSwitch" => Sets.Of(
            Match(expression, _intent.SwitchesByTag, _intent.Switches.Ids, id => _intent.Switches[id]?.DisplayName, id => _intent.Switches[id]?.Tags)
                .SelectMany(id => _intent.PortsOfSwitch[id])),
        "VirtualMachine" => Sets.Of(
            _facts.AllVifs.Where(vif => _facts.Vif(vif) is { } vnic && IsVm(expression, vnic)).SelectMany(vif => _intent.PortsOfVif[vif])),
        _ => Sets.Empty,
    };

    /// <summary>Equal tags are found by the index; every other question looks at every object.</summary>
    private static ImmutableSortedSet<string> Match(
        GroupExpression expression,
        IdIndex<TagKey> byTag,
        ImmutableSortedSet<string> all,
        Func<string, string?> name,
        Func<string, IEnumerable<Tag>?> tags)
        => (Lower(expression.Property), Lower(expression.Operator)) switch
        {
            ("tag", "equals" or "") => byTag[TagKey.Of(expression.Scope, expression.Value)],
            ("tag", _) => Sets.Of(all.Where(id => (tags(id) ?? []).Any(tag
                => (expression.Scope.Length == 0 || Same(tag.Scope, expression.Scope)) && Holds(expression, tag.Tag_)))),
            ("id", _) => Sets.Of(all.Where(id => Holds(expression, id))),
            ("name" or "display_name", _) => Sets.Of(all.Where(id => Holds(expression, name(id) ?? ""))),
            _ => Sets.Empty,
        };

    private static bool IsVm(GroupExpression expression, VifPresent vnic) => Lower(expression.Property) switch
    {
        "id" or "external_id" => Holds(expression, vnic.VmId),
        "name" or "display_name" => Holds(expression, vnic.VmName),
        _ => false,
    };

    private static bool Holds(GroupExpression expression, string actual) => Lower(expression.Operator) switch
    {
        "equals" or "" => Same(actual, expression.Value),
        "notequals" => !Same(actual, expression.Value),
        "contains" => actual.Contains(expression.Value, StringComparison.OrdinalIgnoreCase),
        "startswith" => actual.StartsWith(expression.Value, StringComparison.OrdinalIgnoreCase),
        "endswith" => actual.EndsWith(expression.Value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static string Lower(string word) => word.ToLowerInvariant();

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
