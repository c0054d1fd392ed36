using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>Segments and their ports as hosts and controllers report them, under the names that the Policy API has for that.</summary>
internal static class SegmentViews
{
    public static IEnumerable<PolicyView> All =>
    [
        PolicyView.Get<Infra>("segments/state", call => RuntimeRequests.Table(
            call.Context, "results", [.. call.Model.ChildrenOf<Segment>(call.Path).Select(segment => State(call, segment)).Where(state => Wanted(call.Context, state))], [])),
        .. Networks<Segment>(),
        .. Networks<VpcSubnet>(),
        .. Ports<SegmentPort>(),
        .. Ports<VpcSubnetPort>(),
    ];

    private static PolicyView[] Networks<T>()
        where T : PolicyResource
        =>
        [
            PolicyView.Get<T>("state", call => Answers.Ok(State(call, call.Resource))),
            PolicyView.Get<T>("statistics", call => call.Context.WrongSource("realtime", "cached") is { } wrong
                ? Answers.Error(wrong)
                : Answers.Ok(RuntimeSwitchEndpoints.Counted(call.Model, call.Get<RuntimeState>(), RealizedId.Of(call.Resource)))),
            PolicyView.Get<T>("mac-table", call => Table(call, tables => RuntimeSwitchEndpoints.Macs(call.Context, call.Get<TimeProvider>(), tables))),
            PolicyView.Get<T>("tep-table", call => Table(call, tables => RuntimeSwitchEndpoints.Teps(call.Context, call.Get<TimeProvider>(), tables))),
        ];

    private static PolicyView[] Ports<T>()
        where T : PolicyResource
        =>
        [
            PolicyView.Get<T>("state", call => Answers.Ok(PortOf(call) is { } port ? PortState(call, port) : Nothing())),
            PolicyView.Get<T>("status", call => Answers.Ok(new JsonObject
            {
                ["logical_port_id"] = RealizedId.Of(call.Resource),
                ["status"] = PortOf(call) is { } port ? RuntimePortEndpoints.StatusOf(call.Get<RuntimeState>(), port) : "UNKNOWN",
                ["last_update_timestamp"] = call.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
            })),
            PolicyView.Get<T>("statistics", call => OfPort(call, port => RuntimePortEndpoints.Statistics(call.Get<RuntimeState>(), port))),
            PolicyView.Get<T>("mac-table", call => OfPort(call, port => RuntimePortEndpoints.MacTable(call.Context, call.Get<RuntimeState>(), call.Get<TimeProvider>(), port))),
        ];

    private static JsonObject State(PolicyCall call, PolicyResource segment)
    {
        var state = call.Model.Find<LogicalSwitch>(RealizedId.Of(segment)) is { } realized
            ? RuntimeSwitchEndpoints.State(call.Get<RuntimeState>(), realized)
            : new JsonObject { ["state"] = RuntimeRealization.Pending, ["details"] = new JsonArray() };
        state.Remove("logical_switch_id");
        state["segment_path"] = segment.Path;
        return state;
    }

    private static bool Wanted(HttpContext context, JsonObject state)
        => context.Query("configuration_state") is not { } wanted || string.Equals((string?)state["state"], wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>A table that no controller has told of is empty.</summary>
    private static IResult Table(PolicyCall call, Func<Contracts.V1.SwitchTables, IResult> answer)
        => call.Context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong)
            : answer(Nameless(call.Get<RuntimeState>().Switch(RealizedId.Of(call.Resource))));

    private static Contracts.V1.SwitchTables Nameless(Contracts.V1.SwitchTables? tables)
    {
        var shown = tables?.Clone() ?? new Contracts.V1.SwitchTables();
        shown.LogicalSwitchId = "";
        return shown;
    }

    private static LogicalPort? PortOf(PolicyCall call) => call.Model.Find<LogicalPort>(RealizedId.Of(call.Resource));

    private static IResult OfPort(PolicyCall call, Func<LogicalPort, IResult> answer)
        => call.Context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong)
            : PortOf(call) is { } port ? answer(port)
            : Answers.Error(ApiErrors.NoPortStatistics(call.Path, "it is not realized yet"));

    private static JsonObject PortState(PolicyCall call, LogicalPort port)
    {
        var state = RuntimePortEndpoints.Describe(call.Model, call.Get<RuntimeState>(), port);
        state.Remove("id");
        return state;
    }

    private static JsonObject Nothing() => new()
    {
        ["transport_node_ids"] = new JsonArray(),
        ["discovered_bindings"] = new JsonArray(),
        ["realized_bindings"] = new JsonArray(),
        ["duplicate_bindings"] = new JsonArray(),
    };
}
