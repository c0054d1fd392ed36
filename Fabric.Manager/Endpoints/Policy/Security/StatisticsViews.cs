using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Rule = Fabric.Manager.Catalog.Policy.Security.Rule;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>What rules have counted on all hosts together.</summary>
internal static class StatisticsViews
{
    private const string EnforcementPoint = "/infra/sites/default/enforcement-points/default";

    public static IReadOnlyList<PolicyView> All { get; } =
    [
        PolicyView.Get<Rule>("statistics", call => OfEnforcementPoint(Count(call, call.Of<Rule>()))),
        PolicyView.Get<SecurityPolicy>("statistics", OfPolicy),
        PolicyView.Get<GatewayPolicy>("statistics", OfPolicy),
    ];

    private static JsonAnswer OfPolicy(PolicyCall call)
    {
        var counts = call.Model.ChildrenOf<Rule>(call.Path).OrderBy(RuleChecks.Order).Select(rule => Count(call, rule)).ToArray();
        return OfEnforcementPoint(new JsonObject { ["internal_section_id"] = call.Resource.UniqueId, ["result_count"] = counts.Length, ["results"] = new JsonArray([.. counts]) });
    }

    /// <summary>A rule that no host has counted has matched nothing.</summary>
    private static JsonObject Count(PolicyCall call, Rule rule)
    {
        var counted = call.Context.RequestServices.GetRequiredService<RuntimeState>().Rule((uint)(rule.RuleId ?? 0)).ToArray();
        return new JsonObject
        {
            ["rule"] = rule.Path,
            ["internal_rule_id"] = rule.RuleId?.ToString(CultureInfo.InvariantCulture),
            ["packet_count"] = Sum(item => item.Packets),
            ["byte_count"] = Sum(item => item.Bytes),
            ["session_count"] = Sum(item => item.Sessions),
            ["hit_count"] = Sum(item => item.Hits),
        };

        long Sum(Func<RuleStatistics, ulong> counter) => counted.Sum(item => (long)counter(item));
    }

    private static JsonAnswer OfEnforcementPoint(JsonObject statistics) => Answers.Ok(new JsonObject
    {
        ["results"] = new JsonArray(new JsonObject { ["enforcement_point"] = EnforcementPoint, ["statistics"] = statistics }),
        ["result_count"] = 1,
    });
}
