using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>The distributed firewall as it is: how far sections are realized, and what their rules have counted.</summary>
internal static class RuntimeFirewallEndpoints
{
    public static void MapRuntimeFirewall(this IEndpointRouteBuilder api)
    {
        api.MapGet("/firewall/sections/{section}/state", (ResourceStore store, RuntimeState runtime, string section)
            => Of(store, section, found =>
            {
                var answer = RuntimeRealization.Describe(runtime, ConfigKind.FirewallSection, found);
                answer["revision_desired"] = found.Revision;
                answer["pending_change_list"] = new JsonArray();
                return Answers.Ok(answer);
            }));
        api.MapGet("/firewall/sections/{section}/rules/stats", (HttpContext context, ResourceStore store, RuntimeState runtime, string section)
            => Of(store, section, found => context.WrongSource("cached") is { } wrong ? Answers.Error(wrong) : RuntimeRequests.Table(
                context, "results", [.. found.Rules.Select(rule => Count(runtime, rule))], [], ("section_id", section))));
        api.MapGet("/firewall/sections/{section}/rules/{rule}/stats", (HttpContext context, ResourceStore store, RuntimeState runtime, string section, string rule)
            => Of(store, section, found => context.WrongSource("cached") is { } wrong ? Answers.Error(wrong)
                : found.Rules.FirstOrDefault(item => item.Id == rule) is { } known ? Answers.Ok(Count(runtime, known))
                : Answers.Error(ApiErrors.NotFound(nameof(FirewallRule), rule))));
    }

    private static IResult Of(ResourceStore store, string id, Func<FirewallSection, IResult> answer)
        => store.Current.Find<FirewallSection>(id) is { } section ? answer(section) : Answers.Error(ApiErrors.NotFound(nameof(FirewallSection), id));

    /// <summary>The sum over all hosts; a rule that no host has counted has matched nothing.</summary>
    private static JsonObject Count(RuntimeState runtime, FirewallRule rule)
    {
        var counted = uint.TryParse(rule.Id, CultureInfo.InvariantCulture, out uint id) ? runtime.Rule(id).ToArray() : [];
        return new JsonObject
        {
            ["rule_id"] = rule.Id,
            ["packet_count"] = Sum(item => item.Packets),
            ["byte_count"] = Sum(item => item.Bytes),
            ["session_count"] = Sum(item => item.Sessions),
            ["hit_count"] = Sum(item => item.Hits),
        };

        long Sum(Func<RuleStatistics, ulong> counter) => counted.Sum(item => (long)counter(item));
    }
}
