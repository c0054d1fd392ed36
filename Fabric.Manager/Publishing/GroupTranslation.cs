using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Grouping;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Publishing;

/// <summary>
/// Groups as controllers hear of them. Of machines they know what hosts report, not what users say: a criterion by a machine's tags goes out as
/// one for each machine that has them, and goes out again when tags change.
/// </summary>
internal static class GroupTranslation
{
    public static GroupConfig Translate(NSGroup group, FabricModel model)
    {
        var result = new GroupConfig { DisplayName = group.DisplayName ?? group.Id };
        foreach (var member in group.Members ?? [])
        {
            if (member.TargetType == Subject.Machine)
            {
                result.Criteria.Add(Criterion([], member.Value));
            }
            else
            {
                result.Members.Add(new GroupMember { TargetType = member.TargetType, TargetId = member.Value });
            }
        }

        foreach (var criterion in group.MembershipCriteria ?? [])
        {
            var parts = Parts(criterion).ToList();
            var asked = parts.OfType<NSGroupTagExpression>().Where(IsOfMachine).Select(part => Grouping.Criterion.Of(part)!.Value).ToList();
            var rest = parts.Where(part => !IsOfMachine(part)).Select(Translate).ToList();
            if (asked.Count == 0)
            {
                result.Criteria.Add(Criterion(rest, machine: null));
                continue;
            }

            foreach (var machine in model.All<VirtualMachineTags>())
            {
                var subject = new Subject(new ResourceKey(Subject.Machine, machine.Id), machine.Id, machine.Tags ?? []);
                if (asked.All(question => question.Holds(subject)))
                {
                    result.Criteria.Add(Criterion(rest, machine.Id));
                }
            }
        }

        result.Tags.AddRange(SwitchingTranslation.Tags(group));
        return result;
    }

    /// <summary>What a policy names, as the Manager objects that it has become.</summary>
    public static ExcludeListConfig Translate(PolicyExcludeList list, FabricModel model)
    {
        var result = new ExcludeListConfig();
        foreach (string path in list.Members)
        {
            var (type, id) = PolicyTree.Find(path) is { } place && model.Find(place.Key) is PolicyResource member
                ? (member switch { Group => nameof(NSGroup), Segment => nameof(LogicalSwitch), SegmentPort => nameof(LogicalPort), _ => "" }, member.UniqueId)
                : ("", null);
            if (type.Length > 0 && id is not null)
            {
                result.Members.Add(new Fabric.Contracts.V1.ResourceReference { TargetType = type, TargetId = id });
            }
        }

        return result;
    }

    public static bool AsksForMachineTags(NSGroup group) => (group.MembershipCriteria ?? []).SelectMany(Parts).Any(IsOfMachine);

    private static IEnumerable<NSGroupExpression> Parts(NSGroupExpression criterion) => criterion is NSGroupComplexExpression complex ? complex.Expressions : [criterion];

    private static bool IsOfMachine(NSGroupExpression part) => part is NSGroupTagExpression { TargetType: Subject.Machine };

    private static GroupCriterion Criterion(IEnumerable<GroupExpression> parts, string? machine)
    {
        var criterion = new GroupCriterion();
        criterion.Expressions.AddRange(parts.Select(part => part.Clone()));
        if (machine is not null)
        {
            criterion.Expressions.Add(new GroupExpression { TargetType = Subject.Machine, Property = "id", Operator = "EQUALS", Value = machine });
        }

        return criterion;
    }

    private static GroupExpression Translate(NSGroupExpression part) => part switch
    {
        NSGroupSimpleExpression simple => new GroupExpression { TargetType = simple.TargetType, Property = simple.TargetProperty, Operator = simple.Op, Value = simple.Value },
        NSGroupTagExpression tag => new GroupExpression { TargetType = tag.TargetType, Property = "tag", Operator = tag.TagOp, Value = tag.Tag ?? "", Scope = tag.Scope ?? "" },
        _ => new GroupExpression(),
    };
}
