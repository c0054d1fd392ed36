using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of groups and service groups.</summary>
internal static class GroupChecks
{
    private static readonly string[] StaticProperties = ["id", "external_id"];

    public static Checked<NSGroup> Complete(WriteScope scope, NSGroup? before, NSGroup group)
    {
        _ = before;
        foreach (var (member, at) in (group.Members ?? []).Select((member, at) => (member, at)))
        {
            if (!StaticProperties.Contains(member.TargetProperty) || member.Op != "EQUALS")
            {
                return ApiErrors.Field($"members[{at}] must name a member by target_property id and op EQUALS");
            }

            if (member.TargetType == nameof(NSGroup) && Reaches(scope.Model, member.Value, group.Id))
            {
                return ApiErrors.Field($"members[{at}]: group {member.Value} contains this group");
            }
        }

        foreach (var (criterion, at) in (group.MembershipCriteria ?? []).Select((criterion, at) => (criterion, at)))
        {
            if (CheckCriterion(criterion, $"membership_criteria[{at}]", nested: false) is { } error)
            {
                return error;
            }
        }

        return group with { Members = group.Members ?? [], MembershipCriteria = group.MembershipCriteria ?? [], MemberCount = group.Members?.Count ?? 0 };
    }

    /// <summary>With what each member is, as ?populate_references=true asks for.</summary>
    public static NSGroup Populate(FabricModel model, NSGroup group)
        => group with
        {
            Members = [.. (group.Members ?? []).Select(member => member with
            {
                TargetResource = new ResourceReference
                {
                    TargetId = member.Value,
                    TargetType = member.TargetType,
                    TargetDisplayName = Find(model, member)?.DisplayName,
                    IsValid = Find(model, member) is not null,
                },
            })],
        };

    public static Checked<NSServiceGroup> Complete(WriteScope scope, NSServiceGroup? before, NSServiceGroup group)
    {
        _ = before;
        bool? ether = null;
        foreach (var (member, at) in group.Members.Select((member, at) => (member, at)))
        {
            bool isEther;
            if (member.TargetType == nameof(NSService) && scope.Model.Find<NSService>(member.TargetId) is { } service)
            {
                isEther = service.NsserviceElement is EtherTypeNSService;
            }
            else if (member.TargetType == nameof(NSServiceGroup) && member.TargetId != group.Id && scope.Model.Find<NSServiceGroup>(member.TargetId) is { } inner)
            {
                isEther = inner.ServiceType == "ETHER";
            }
            else
            {
                return ApiErrors.MissingReference($"members[{at}]", new ResourceKey(member.TargetType ?? "", member.TargetId ?? ""));
            }

            if (ether is { } first && first != isEther)
            {
                return ApiErrors.Field("members mixes services of layer 2 with others");
            }

            ether = isEther;
        }

        return group with
        {
            ServiceType = ether == true ? "ETHER" : "NON_ETHER",
            Members = [.. group.Members.Select(member => FirewallChecks.Named(scope.Model, member))],
        };
    }

    private static ManagedResource? Find(FabricModel model, NSGroupSimpleExpression member) => model.Find(new ResourceKey(member.TargetType, member.Value));

    private static bool Reaches(FabricModel model, string from, string wanted)
        => from == wanted || (model.Find<NSGroup>(from)?.Members ?? [])
            .Any(member => member.TargetType == nameof(NSGroup) && Reaches(model, member.Value, wanted));

    private static ApiError? CheckCriterion(NSGroupExpression criterion, string path, bool nested)
    {
        switch (criterion)
        {
            case NSGroupComplexExpression when nested:
                return ApiErrors.Field($"{path}: a complex expression cannot hold another");
            case NSGroupComplexExpression complex:
                var types = complex.Expressions.Select(TargetOf).Distinct().Count();
                return types > 1 ? ApiErrors.Field($"{path}.expressions must all have the same target_type")
                    : complex.Expressions.Select((inner, at) => CheckCriterion(inner, $"{path}.expressions[{at}]", nested: true)).FirstOrDefault(error => error is not null);
            case NSGroupTagExpression { TargetType: "LogicalPort" or "LogicalSwitch", TagOp: not "EQUALS" } tag:
                return ApiErrors.Field($"{path}.tag_op must be EQUALS for target_type {tag.TargetType}");
            case NSGroupTagExpression { Tag: null or "", Scope: null or "" }:
                return ApiErrors.Field($"{path} needs a tag or a scope");
            default:
                return null;
        }
    }

    private static string TargetOf(NSGroupExpression expression) => expression switch
    {
        NSGroupSimpleExpression simple => simple.TargetType,
        NSGroupTagExpression tag => tag.TargetType,
        _ => "",
    };
}
