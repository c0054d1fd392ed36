using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of firewall sections and their rules.</summary>
internal static class FirewallChecks
{
    /// <summary>References whose target_id is the address itself.</summary>
    private static readonly string[] AddressTypes = ["IPv4Address", "IPv6Address", "IPAddress"];

    private static readonly string[] EndTypes =
        [nameof(NSGroup), nameof(IPSet), nameof(MACSet), nameof(LogicalPort), nameof(LogicalSwitch), .. AddressTypes];

    private static readonly string[] AppliedToTypes = [nameof(NSGroup), nameof(LogicalPort), nameof(LogicalSwitch), nameof(LogicalRouter), nameof(LogicalRouterPort)];

    public static Checked<FirewallSection> Complete(WriteScope scope, FirewallSection? before, FirewallSection section)
    {
        if (section.SectionType == "LAYER2" && section.Stateful)
        {
            return ApiErrors.Field("stateful must be false for a section of type LAYER2");
        }

        if (CheckReferences(section.AppliedTos, AppliedToTypes, "applied_tos") is { } wrong)
        {
            return wrong;
        }

        if (before is { Locked: true } && before.LockModifiedBy != scope.User)
        {
            return ApiErrors.SectionLocked(section.Id, before.LockModifiedBy);
        }

        if (section.IsDefault && section.AppliedTos is { Count: > 0 })
        {
            return ApiErrors.Firewall("The default section applies to everything; applied_tos must be empty.");
        }

        var rules = new List<FirewallRule>();
        foreach (var (rule, at) in section.Rules.Select((rule, at) => (rule, at)))
        {
            if (CheckRule(section, rule, section.Rules.Count == 1 ? "" : $"rules[{at}].") is { } error)
            {
                return error;
            }

            rules.Add(rule with
            {
                IpProtocol = section.SectionType == "LAYER2" ? null : rule.IpProtocol ?? "IPV4_IPV6",
                SectionId = section.Id,
                ResourceType = nameof(FirewallRule),
                Priority = null,
                Revision = null,
            });
        }

        if (section.IsDefault && (rules.Count == 0 || !rules[^1].IsDefault))
        {
            return ApiErrors.DefaultSection();
        }

        return section with { Rules = rules, RuleCount = rules.Count, EnforcedOn = "VIF" };
    }

    public static ApiError? Release(WriteScope scope, FirewallSection section, DeleteWishes wishes)
        => section.IsDefault ? ApiErrors.DefaultSection()
            : section.Locked && section.LockModifiedBy != scope.User ? ApiErrors.SectionLocked(section.Id, section.LockModifiedBy)
            : section.Rules.Count > 0 && !wishes.Cascade ? ApiErrors.SectionHasRules(section.Id)
            : null;

    public static FirewallSection Show(FabricModel model, FirewallSection section)
        => section with { AppliedTos = section.AppliedTos?.Select(reference => Named(model, reference)).ToList() };

    public static FirewallRule Show(FabricModel model, FirewallSection section, FirewallRule rule, int place)
        => rule with
        {
            Sources = rule.Sources?.Select(reference => Named(model, reference)).ToList(),
            Destinations = rule.Destinations?.Select(reference => Named(model, reference)).ToList(),
            Services = rule.Services?.Select(reference => (FirewallService)Named(model, reference)).ToList(),
            AppliedTos = rule.AppliedTos?.Select(reference => Named(model, reference)).ToList(),
            Priority = place + 1,
            Revision = section.Revision,
        };

    /// <summary>A reference with its target's name, and whether there still is one.</summary>
    public static ResourceReference Named(FabricModel model, ResourceReference reference)
    {
        if (ResourceLinks.KeyOf(reference) is not { } key)
        {
            return reference with { IsValid = true, TargetDisplayName = reference.TargetDisplayName ?? reference.TargetId };
        }

        var target = model.Find(key);
        return reference with { IsValid = target is not null, TargetDisplayName = target?.DisplayName ?? reference.TargetDisplayName };
    }

    public static Checked<ExcludeList> Complete(WriteScope scope, ExcludeList? before, ExcludeList list)
    {
        _ = (scope, before);
        return CheckReferences(list.Members, [nameof(NSGroup), nameof(LogicalPort), nameof(LogicalSwitch)], "members") is { } error
            ? error
            : list with { MemberCount = list.Members.Count };
    }

    public static ApiError? CheckReferences(IEnumerable<ResourceReference>? references, string[] types, string path)
    {
        foreach (var (reference, at) in (references ?? []).Select((reference, at) => (reference, at)))
        {
            if (reference.TargetType is not { } type || !types.Contains(type))
            {
                return ApiErrors.Field($"{path}[{at}].target_type '{reference.TargetType}' is not one of {string.Join(", ", types)}");
            }

            if (string.IsNullOrEmpty(reference.TargetId))
            {
                return ApiErrors.Field($"{path}[{at}].target_id may not be null");
            }

            if (AddressTypes.Contains(type) && !TextForms.TryRange(reference.TargetId, out _, out _))
            {
                return ApiErrors.Field($"{path}[{at}].target_id '{reference.TargetId}' is not {TextForms.Describe(TextForm.IpOrCidrOrRange)}");
            }
        }

        return null;
    }

    private static ApiError? CheckRule(FirewallSection section, FirewallRule rule, string path)
    {
        bool layer2 = section.SectionType == "LAYER2";
        if (rule.Action is not ("ALLOW" or "DROP" or "REJECT" or "ALLOW_CONTINUE"))
        {
            return ApiErrors.Field($"{path}action {rule.Action} is not allowed in a section of type {section.SectionType}");
        }

        if (layer2 && rule.Action == "REJECT")
        {
            return ApiErrors.Field($"{path}action REJECT is not allowed in a section of type LAYER2");
        }

        if (layer2 && rule.IpProtocol is not null)
        {
            return ApiErrors.Field($"{path}ip_protocol must be null in a section of type LAYER2");
        }

        if (rule.IsDefault && (rule.Sources ?? rule.Destinations ?? rule.AppliedTos) is { Count: > 0 })
        {
            return ApiErrors.Firewall("Of the default rule only action, logged, rule_tag and names can be changed.");
        }

        return CheckReferences(rule.Sources, EndTypes, $"{path}sources")
            ?? CheckReferences(rule.Destinations, EndTypes, $"{path}destinations")
            ?? CheckReferences(rule.AppliedTos, AppliedToTypes, $"{path}applied_tos")
            ?? CheckReferences((rule.Services ?? []).Where(service => service.Service is null), [nameof(NSService), nameof(NSServiceGroup)], $"{path}services")
            ?? CheckServices(rule, layer2, path);
    }

    private static ApiError? CheckServices(FirewallRule rule, bool layer2, string path)
        => (rule.Services ?? []).Any(service => service.Service is { } inline && inline is EtherTypeNSService != layer2)
            ? ApiErrors.Field($"{path}services: EtherTypeNSService belongs in sections of type LAYER2, every other service in LAYER3")
            : null;
}
