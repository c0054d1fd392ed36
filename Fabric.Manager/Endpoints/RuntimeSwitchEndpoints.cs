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

/// <summary>Logical switches as they are: how far realized, and the tables that controllers keep for them.</summary>
internal static class RuntimeSwitchEndpoints
{
    private static readonly string[] MacColumns = ["mac_address", "vtep_ip", "vtep_mac_address"];
    private static readonly string[] TepColumns = ["segment_id", "vtep_ip", "vtep_label", "vtep_mac_address"];

    public static void MapRuntimeSwitches(this IEndpointRouteBuilder api)
    {
        api.MapGet("/logical-switches/state", ListStates);
        api.MapGet("/logical-switches/status", CountRealized);
        api.MapGet("/logical-switches/{id}/state", (ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, item => Answers.Ok(State(runtime, item))));
        api.MapGet("/logical-switches/{id}/summary", (ResourceStore store, string id) => Of(store, id, item => Answers.Ok(new JsonObject
        {
            ["logical_switch_id"] = id,
            ["num_logical_ports"] = store.Current.All<LogicalPort>().Count(port => port.LogicalSwitchId == id),
        })));
        api.MapGet("/logical-switches/{id}/statistics", (HttpContext context, ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, item => context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong) : Statistics(store.Current, runtime, item)));
        api.MapGet("/logical-switches/{id}/mac-table", (HttpContext context, ResourceStore store, RuntimeState runtime, TimeProvider time, string id)
            => OfTables(context, store, runtime, id, tables => Macs(context, time, tables)));
        api.MapGet("/logical-switches/{id}/vtep-table", (HttpContext context, ResourceStore store, RuntimeState runtime, TimeProvider time, string id)
            => OfTables(context, store, runtime, id, tables => Teps(context, time, tables)));
    }

    private static IResult Of(ResourceStore store, string id, Func<LogicalSwitch, IResult> answer)
        => store.Current.Find<LogicalSwitch>(id) is { } found ? answer(found) : Answers.Error(ApiErrors.NotFound(nameof(LogicalSwitch), id));

    private static IResult OfTables(HttpContext context, ResourceStore store, RuntimeState runtime, string id, Func<SwitchTables, IResult> answer)
        => Of(store, id, item =>
        {
            if (context.WrongSource("realtime") is { } wrong)
            {
                return Answers.Error(wrong);
            }

            if (context.Query("transport_node_id") is { } node && store.Current.Find<TransportNode>(node) is null)
            {
                return Answers.Error(ApiErrors.NotFound(nameof(TransportNode), node));
            }

            return item.Vni is null or 0 ? Answers.Error(ApiErrors.Switching($"Logical switch {id} is not an overlay switch and has no such table"))
                : runtime.Switch(id) is { } tables ? answer(tables)
                : Answers.Error(ApiErrors.NoController($"logical switch {id}"));
        });

    /// <summary>How far the hosts of its span have it in force.</summary>
    public static JsonObject State(RuntimeState runtime, LogicalSwitch item)
    {
        var answer = RuntimeRealization.Describe(runtime, ConfigKind.LogicalSwitch, item);
        answer["logical_switch_id"] = item.Id;
        return answer;
    }

    private static IResult ListStates(HttpContext context, ResourceStore store, RuntimeState runtime)
        => RuntimeRequests.Table(
            context,
            "results",
            [.. store.Current.All<LogicalSwitch>().Select(item => State(runtime, item))
                .Where(state => context.Query("status") is not { } wanted || string.Equals((string?)state["state"], wanted, StringComparison.OrdinalIgnoreCase))],
            []);

    private static JsonAnswer CountRealized(ResourceStore store, RuntimeState runtime, TimeProvider time)
    {
        var switches = store.Current.All<LogicalSwitch>().ToArray();
        return Answers.Ok(new JsonObject
        {
            ["total_switches"] = switches.Length,
            ["fully_realized_switches"] = switches.Count(item
                => RuntimeRealization.StateOf(runtime.Realization(ConfigKind.LogicalSwitch, item.Id), item.Revision) == RuntimeRealization.Success),
            ["last_update_timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    private static JsonAnswer Statistics(FabricModel model, RuntimeState runtime, LogicalSwitch item) => Answers.Ok(Counted(model, runtime, item.Id));

    /// <summary>What passed through the ports of the switch.</summary>
    public static JsonObject Counted(FabricModel model, RuntimeState runtime, string switchId)
    {
        var answer = RuntimeCounters.Describe([.. model.ReferrersOf(ResourceKey.Of<LogicalSwitch>(switchId))
            .Where(key => key.Kind == nameof(LogicalPort))
            .Select(key => runtime.Statistics(key.Id))
            .OfType<PortStatistics>()]);
        answer["logical_switch_id"] = switchId;
        return answer;
    }

    /// <summary>The controller's table; for one node, what that node is told: the MACs that are elsewhere.</summary>
    public static IResult Macs(HttpContext context, TimeProvider time, SwitchTables tables)
    {
        string? node = context.Query("transport_node_id");
        return RuntimeRequests.Table(
            context,
            "results",
            [.. tables.Macs.Where(row => row.NodeId != node).Select(row => new JsonObject { ["mac_address"] = row.Mac.Mac(), ["vtep_ip"] = row.TepIp.Ip() })],
            MacColumns,
            Facts(tables, node, time));
    }

    public static IResult Teps(HttpContext context, TimeProvider time, SwitchTables tables)
    {
        string? node = context.Query("transport_node_id");
        return RuntimeRequests.Table(
            context,
            "results",
            [.. tables.Teps.Where(row => row.NodeId != node).Select(row =>
            {
                var answer = new JsonObject { ["vtep_label"] = row.Label, ["vtep_ip"] = row.Ip.Ip(), ["segment_id"] = row.Segment.Ip() };
                if (row.Mac.Length > 0)
                {
                    answer["vtep_mac_address"] = row.Mac.Mac();
                }

                return answer;
            })],
            TepColumns,
            Facts(tables, node, time));
    }

    private static (string Name, JsonNode? Value)[] Facts(SwitchTables tables, string? node, TimeProvider time)
    {
        (string, JsonNode?)[] facts =
        [
            ("last_update_timestamp", time.GetUtcNow().ToUnixTimeMilliseconds()),
        ];
        if (tables.LogicalSwitchId.Length > 0) // the Policy API's tables do not say whose they are
        {
            facts = [("logical_switch_id", tables.LogicalSwitchId), .. facts];
        }

        return node is null ? facts : [.. facts, ("transport_node_id", node)];
    }
}
