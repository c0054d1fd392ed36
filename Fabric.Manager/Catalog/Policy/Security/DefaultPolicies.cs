using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>
/// The policies that stand for what happens where no other rule matches. Those of the distributed firewall are the default sections of the
/// Manager API in other words: each write of one is a write of the other, and reading one reads the other. Each gateway has one of its own, which
/// comes and goes with it.
/// </summary>
internal static class DefaultPolicies
{
    public const string Layer3 = "default-layer3-section";
    public const string Layer2 = "default-layer2-section";
    public const long Layer3RuleId = 2;
    public const long Layer2RuleId = 1;

    /// <summary>Makes the default policy of a gateway that is being made.</summary>
    public static ApiError? Plant(WriteScope scope, string gatewayPath)
    {
        if (PathFor(gatewayPath) is not { } path || scope.Model.Find<Domain>(path[..path.IndexOf("/gateway-policies/", StringComparison.Ordinal)]) is null)
        {
            return null;
        }

        return PolicyWriter.Plant(scope, path, new GatewayPolicy { SystemOwned = true, IsDefault = true, Category = "Default", Stateful = true, SequenceNumber = int.MaxValue })
            ?? PolicyWriter.Plant(scope, $"{path}/rules/default_rule", new Rule { SystemOwned = true, IsDefault = true, Scope = [gatewayPath], SequenceNumber = int.MaxValue });
    }

    /// <summary>Takes the default policy of a gateway away with it.</summary>
    public static void Remove(WriteScope scope, string gatewayPath)
    {
        if (PathFor(gatewayPath) is not { } path || scope.Model.Find<GatewayPolicy>(path) is not { } policy)
        {
            return;
        }

        foreach (var rule in scope.Model.ChildrenOf<Rule>(path).ToList())
        {
            scope.Remove(ResourceKey.Of(rule));
        }

        scope.Remove(ResourceKey.Of(policy));
    }

    /// <summary>A default rule of the distributed firewall as its section has it.</summary>
    public static Rule Show(FabricModel model, Rule rule)
        => rule is { IsDefault: true } && SectionOf(model, rule)?.Rules[^1] is { } real
            ? rule with { Action = real.Action, Logged = real.Logged, Tag = real.RuleTag, Notes = real.Notes }
            : rule;

    /// <summary>Puts what a write changes of a default rule into its section.</summary>
    public static Rule Follow(WriteScope scope, Rule? before, Rule rule)
    {
        if (!rule.IsDefault || SectionOf(scope.Model, rule) is not { } section)
        {
            return rule;
        }

        var real = section.Rules[^1];
        var wanted = real with
        {
            Action = rule.Action == before?.Action ? real.Action : rule.Action,
            Logged = rule.Logged == before?.Logged ? real.Logged : rule.Logged,
            RuleTag = rule.Tag == before?.Tag ? real.RuleTag : rule.Tag,
            Notes = rule.Notes == before?.Notes ? real.Notes : rule.Notes,
        };
        if (before is not null && wanted != real)
        {
            scope.Put(section with { Rules = [.. section.Rules.SkipLast(1), wanted] });
        }

        return rule;
    }

    /// <summary>/infra/tier-1s/x has /infra/domains/default/gateway-policies/Policy_Default_Infra-tier1-x.</summary>
    private static string? PathFor(string gatewayPath)
    {
        int at = gatewayPath.LastIndexOf("/tier-", StringComparison.Ordinal);
        return at < 0 || gatewayPath.Split('/') is not [.., var collection, var id] ? null
            : $"{gatewayPath[..at]}/domains/default/gateway-policies/Policy_Default_Infra-{(collection == "tier-0s" ? "tier0" : "tier1")}-{id}";
    }

    private static FirewallSection? SectionOf(FabricModel model, Rule rule)
        => rule.RuleId is (Layer3RuleId or Layer2RuleId) and var id && model.HolderOf(new Claim("rule", $"{id}")) is { } holder && model.Find(holder) is FirewallSection { IsDefault: true, Rules.Count: > 0 } section ? section : null;
}
