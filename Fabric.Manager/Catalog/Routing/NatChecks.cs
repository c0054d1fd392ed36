using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Routing;

/// <summary>Checks of NAT rules: which networks an action needs, and which it cannot have.</summary>
internal static class NatChecks
{
    public static Checked<NatRule> Complete(WriteScope scope, NatRule? before, NatRule rule)
    {
        foreach (var (field, value) in new[]
        {
            ("match_source_network", rule.MatchSourceNetwork), ("match_destination_network", rule.MatchDestinationNetwork),
            ("translated_network", rule.TranslatedNetwork),
        })
        {
            if (value is { Length: > 0 } && !value.Split(',').All(part => TextForms.TryRange(part, out _, out _)))
            {
                return ApiErrors.Field($"{field} '{value}' is not an IP address, a CIDR block, or a range");
            }
        }

        bool translates = rule.Action is "SNAT" or "DNAT" or "REFLEXIVE" or "NAT64";
        if (translates == string.IsNullOrEmpty(rule.TranslatedNetwork))
        {
            return ApiErrors.Field($"translated_network {(translates ? "is needed" : "may not be given")} for action {rule.Action}");
        }

        if (rule.Action is "DNAT" or "NO_DNAT" or "NAT64" && string.IsNullOrEmpty(rule.MatchDestinationNetwork))
        {
            return ApiErrors.Field($"match_destination_network is needed for action {rule.Action}");
        }

        if (rule.Action == "REFLEXIVE" && string.IsNullOrEmpty(rule.MatchSourceNetwork))
        {
            return ApiErrors.Field("match_source_network is needed for action REFLEXIVE");
        }

        if (rule.TranslatedPorts is { Length: > 0 } ports && (rule.Action != "DNAT" || !TextForms.TryPorts(ports, out _, out _)))
        {
            return ApiErrors.Field($"translated_ports '{ports}' is not a port or a range of an action DNAT");
        }

        return rule with { InternalRuleId = before?.InternalRuleId ?? $"{Numbering.NextRuleId(scope)}", NatPass = rule.NatPass ?? true };
    }
}
