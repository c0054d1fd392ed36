using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Checks of rules, which depend on the policy they stand in, and the numbers they get.</summary>
internal static class RuleChecks
{
    private const string Any = "ANY";

    public static Checked<Rule> Complete(WriteScope scope, Rule? before, Rule rule)
    {
        var policy = PolicyOrder.PolicyAt(scope.Model, rule.ParentPath);
        if (Check(policy, before, rule) is { } error)
        {
            return error;
        }

        if (policy is not null && PolicyChecks.CheckLock(scope, policy, rule.ParentPath) is { } locked)
        {
            return locked;
        }

        return DefaultPolicies.Follow(scope, before, rule with
        {
            RuleId = rule.RuleId ?? Numbering.NextRuleId(scope),
            IpProtocol = policy is { Category: "Ethernet" } ? null : rule.IpProtocol ?? "IPV4_IPV6",
            SourceGroups = Whole(rule.SourceGroups),
            DestinationGroups = Whole(rule.DestinationGroups),
            Services = rule.ServiceEntries is { Count: > 0 } && IsAny(rule.Services) ? [Any] : Whole(rule.Services),
            Profiles = Whole(rule.Profiles),
            Scope = Whole(rule.Scope),
        });
    }

    public static ApiError? Release(WriteScope scope, Rule rule, DeleteWishes wishes)
    {
        _ = wishes;
        return PolicyOrder.PolicyAt(scope.Model, rule.ParentPath) is { } policy ? PolicyChecks.CheckLock(scope, policy, rule.ParentPath) : null;
    }

    public static IComparable Order(Rule rule) => (rule.IsDefault, rule.SequenceNumber, rule.RuleId);

    private static ApiError? Check(IRulePolicy? policy, Rule? before, Rule rule)
        => CheckEnds(rule.SourceGroups, "source_groups")
            ?? CheckEnds(rule.DestinationGroups, "destination_groups")
            ?? CheckWords(rule.Services, "services")
            ?? CheckWords(rule.Profiles, "profiles")
            ?? CheckWords(rule.Scope, "scope")
            ?? (rule.Action == "JUMP_TO_APPLICATION" && policy is not { Category: "Environment" } ? ApiErrors.Field("action JUMP_TO_APPLICATION is for policies of category Environment")
                : policy is { Category: "Ethernet" } && rule.Action == "REJECT" ? ApiErrors.Field("action REJECT is not allowed in policies of category Ethernet")
                : policy is { Category: "Ethernet" } && rule.IpProtocol is not null && before is null ? ApiErrors.Field("ip_protocol must be null in policies of category Ethernet")
                : policy is { Category: "Ethernet" } && (rule.ServiceEntries ?? []).Any(entry => entry is not EtherTypeServiceEntry) ? ApiErrors.Field("service_entries must be of type EtherTypeServiceEntry in policies of category Ethernet")
                : policy is { Category: not "Ethernet" } && (rule.ServiceEntries ?? []).Any(entry => entry is EtherTypeServiceEntry) ? ApiErrors.Field("service_entries of type EtherTypeServiceEntry are for policies of category Ethernet")
                : before is { IsDefault: true } && (!IsAny(rule.SourceGroups) || !IsAny(rule.DestinationGroups) || !IsAny(rule.Services)) ? ApiErrors.Firewall("Of a default rule only action, logged, tag and names can be changed.")
                : null);

    private static ApiError? CheckEnds(IReadOnlyList<string> ends, string field)
    {
        foreach (string end in ends)
        {
            if (!end.StartsWith('/') && end != Any && !TextForms.TryRange(end, out _, out _))
            {
                return ApiErrors.Field($"{field} '{end}' is neither the path of a group, nor an address, nor {Any}");
            }
        }

        return AloneOnly(ends, field);
    }

    private static ApiError? CheckWords(IReadOnlyList<string> values, string field)
        => values.FirstOrDefault(value => !value.StartsWith('/') && value != Any) is { } wrong ? ApiErrors.Field($"{field} '{wrong}' is neither a path nor {Any}") : AloneOnly(values, field);

    private static ApiError? AloneOnly(IReadOnlyList<string> values, string field)
        => values.Count > 1 && values.Contains(Any) ? ApiErrors.Field($"{field}: {Any} stands alone")
            : values.Count != values.Distinct().Count() ? ApiErrors.Field($"{field} names something twice")
            : null;

    private static bool IsAny(IReadOnlyList<string> values) => values.Count == 0 || (values.Count == 1 && values[0] == Any);

    private static IReadOnlyList<string> Whole(IReadOnlyList<string> values) => values.Count == 0 ? [Any] : values;
}
