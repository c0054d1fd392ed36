using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of NAT rules: which networks each action needs, and what it cannot have.</summary>
internal static class NatChecks
{
    public static Checked<PolicyNatRule> Complete(WriteScope scope, PolicyNatRule? before, PolicyNatRule rule)
        => Check(rule) is { } error ? error : rule;

    public static Checked<PolicyVpcNatRule> Complete(WriteScope scope, PolicyVpcNatRule? before, PolicyVpcNatRule rule)
        => Check(new PolicyNatRule
        {
            ParentPath = rule.ParentPath,
            Action = rule.Action,
            SourceNetwork = rule.SourceNetwork,
            DestinationNetwork = rule.DestinationNetwork,
            TranslatedNetwork = rule.TranslatedNetwork,
        }) is { } error ? error : rule;

    private static ApiError? Check(PolicyNatRule rule)
    {
        foreach (var (field, value) in new[] { ("source_network", rule.SourceNetwork), ("destination_network", rule.DestinationNetwork), ("translated_network", rule.TranslatedNetwork) })
        {
            if (!string.IsNullOrEmpty(value) && value.Split(',').FirstOrDefault(part => !TextForms.TryRange(part.Trim(), out _, out _)) is { } wrong)
            {
                return ApiErrors.Field($"{field} '{wrong}' is no IP address, CIDR block or range");
            }
        }

        bool of64 = rule.ParentPath.EndsWith("/NAT64", StringComparison.Ordinal);
        if (of64 != (rule.Action == "NAT64"))
        {
            return NetworkErrors.Nat($"A rule with action {rule.Action} does not belong in {rule.ParentPath}.");
        }

        string? missing = rule.Action switch
        {
            "SNAT" => Missing(("translated_network", rule.TranslatedNetwork)),
            "DNAT" or "NAT64" => Missing(("destination_network", rule.DestinationNetwork), ("translated_network", rule.TranslatedNetwork)),
            "REFLEXIVE" => Missing(("source_network", rule.SourceNetwork), ("translated_network", rule.TranslatedNetwork)),
            "NO_DNAT" => Missing(("destination_network", rule.DestinationNetwork)),
            _ => null,
        };
        if (missing is not null)
        {
            return ApiErrors.Field($"{missing} may not be null for action {rule.Action}");
        }

        return (rule.Action, rule) switch
        {
            ("NO_SNAT" or "NO_DNAT", { TranslatedNetwork.Length: > 0 }) => ApiErrors.Field($"translated_network must be null for action {rule.Action}"),
            ("REFLEXIVE", { DestinationNetwork.Length: > 0 }) => ApiErrors.Field("destination_network must be null for action REFLEXIVE"),
            (not ("DNAT" or "NAT64"), { TranslatedPorts.Length: > 0 }) => ApiErrors.Field($"translated_ports must be null for action {rule.Action}"),
            _ => null,
        };
    }

    private static string? Missing(params (string Field, string? Value)[] fields) => fields.FirstOrDefault(field => string.IsNullOrEmpty(field.Value)).Field;
}
