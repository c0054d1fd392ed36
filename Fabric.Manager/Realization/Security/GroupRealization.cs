using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Grouping;

namespace Fabric.Manager.Realization.Security;

/// <summary>
/// A group becomes an NSGroup: conditions become its criteria, what is named becomes its members, addresses an IP set and a MAC set of
/// its own. So controllers evaluate it continuously, by the same rules as a group of the Manager API.
/// </summary>
internal static class GroupRealization
{
    public static IEnumerable<ManagedResource> Of(IntentReader reader, Group group)
    {
        var addresses = new List<string>();
        var macs = new List<string>();
        var members = new List<NSGroupSimpleExpression>();
        var criteria = new List<NSGroupExpression>();
        foreach (var term in GroupTerms.Of(group.Expression ?? []))
        {
            switch (term)
            {
                case [IPAddressExpression ips]:
                    addresses.AddRange(ips.IpAddresses);
                    break;
                case [MACAddressExpression some]:
                    macs.AddRange(some.MacAddresses);
                    break;
                case [PathExpression paths]:
                    members.AddRange(paths.Paths.Select(path => Member(reader, path)).OfType<NSGroupSimpleExpression>());
                    break;
                case [ExternalIDExpression ids]:
                    members.AddRange(ids.ExternalIds.Select(id => new NSGroupSimpleExpression { TargetType = ids.MemberType, TargetProperty = "external_id", Value = id }));
                    break;
                case [Condition { MemberType: "Group" } condition]:
                    members.AddRange(reader.All<Group>().Where(other => other.Path != group.Path && Criterion.Of(condition).Holds(other))
                        .Select(other => Named(nameof(NSGroup), RealizedId.Of(other))));
                    break;
                default:
                    if (CriterionOf(reader, term) is { } criterion)
                    {
                        criteria.Add(criterion);
                    }

                    break;
            }
        }

        if (addresses.Count > 0)
        {
            string id = RealizedId.Of(group, "ip-set");
            members.Add(Named(nameof(IPSet), id));
            yield return new IPSet { Id = id, IpAddresses = [.. addresses.Distinct()] };
        }

        if (macs.Count > 0)
        {
            string id = RealizedId.Of(group, "mac-set");
            members.Add(Named(nameof(MACSet), id));
            yield return new MACSet { Id = id, MacAddresses = [.. macs.Distinct()] };
        }

        yield return new NSGroup { Id = RealizedId.Of(group), Members = members, MembershipCriteria = criteria };
    }

    private static NSGroupSimpleExpression Named(string type, string id) => new() { TargetType = type, TargetProperty = "id", Value = id };

    private static NSGroupSimpleExpression? Member(IntentReader reader, string path)
        => reader.Find<Group>(path) is { } group ? Named(nameof(NSGroup), RealizedId.Of(group))
            : reader.Find<Segment>(path) is { } segment ? Named(nameof(LogicalSwitch), RealizedId.Of(segment))
            : reader.Find<SegmentPort>(path) is { } port ? Named(nameof(LogicalPort), RealizedId.Of(port))
            : path.Contains("/virtual-machines/", StringComparison.Ordinal)
                ? new NSGroupSimpleExpression { TargetType = "VirtualMachine", TargetProperty = "external_id", Value = path[(path.LastIndexOf('/') + 1)..] }
                : null;

    /// <summary>Conditions that hold together as one criterion; null: of members that this fabric does not have.</summary>
    private static NSGroupExpression? CriterionOf(IntentReader reader, IReadOnlyList<Expression> term)
    {
        var parts = new List<NSGroupExpression>();
        foreach (var condition in GroupTerms.ConditionsOf(term))
        {
            if (condition.ScopeOperator == "NOTEQUALS" || condition.Operator is "NOTIN" or "MATCHES" or "IN")
            {
                reader.Refuse(ApiErrors.Field($"a condition by {condition.Operator} (scope {condition.ScopeOperator ?? "EQUALS"}) cannot be enforced"));
                return null;
            }

            string? target = condition.MemberType switch
            {
                "Segment" or "LogicalSwitch" => nameof(LogicalSwitch),
                "SegmentPort" or "LogicalPort" => nameof(LogicalPort),
                "VirtualMachine" or "IPSet" => condition.MemberType,
                _ => null,
            };
            if (target is null)
            {
                return null;
            }

            parts.Add(condition.Key == "Tag" ? OfTag(condition, target) : new NSGroupSimpleExpression
            {
                Op = condition.Operator,
                TargetType = target,
                TargetProperty = condition.Key switch { "OSName" => "os_name", "ComputerName" => "computer_name", _ => "name" },
                Value = condition.Value,
            });
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new NSGroupComplexExpression { Expressions = parts },
        };
    }

    private static NSGroupTagExpression OfTag(Condition condition, string target)
    {
        var (scope, tag) = TagText.Split(condition.Value);
        return new NSGroupTagExpression { TargetType = target, Scope = scope.Length > 0 ? scope : null, Tag = tag.Length > 0 ? tag : null, TagOp = condition.Operator };
    }
}
