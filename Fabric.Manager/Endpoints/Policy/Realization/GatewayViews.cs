using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>Gateways and hosts as they are reported.</summary>
internal static class GatewayViews
{
    public static IEnumerable<PolicyView> All =>
    [
        PolicyView.Get<Tier0>("state", call => Answers.Ok(State(call, "tier0_state", "tier0_status"))),
        PolicyView.Get<Tier1>("state", call => Answers.Ok(State(call, "tier1_state", "tier1_status"))),
    ];

    public static IEnumerable<PolicyView> OfHosts =>
    [
        PolicyView.Get<EnforcementPoint>("host-transport-nodes/state", call => RuntimeRequests.Table(
            call.Context, "results", [.. call.Model.ChildrenOf<HostTransportNode>(call.Path).Select(host => call.Model.Find<TransportNode>(host.Id)).OfType<TransportNode>()
                .Select(node => RuntimeNodeEndpoints.State(call.Model, call.Get<RuntimeState>(), node))], [])),
        PolicyView.Get<HostTransportNode>("state", call => Answers.Ok(RuntimeNodeEndpoints.State(call.Model, call.Get<RuntimeState>(), NodeOf(call)))),
        PolicyView.Get<HostTransportNode>("status", call => Answers.Ok(RuntimeNodeEndpoints.Status(call.Model, call.Get<RuntimeState>(), NodeOf(call)))),
        PolicyView.Get<HostTransportNode>("tunnels", call => RuntimeNodeEndpoints.Tunnels(call.Context, call.Model, call.Get<RuntimeState>(), NodeOf(call))),
    ];

    /// <summary>Both APIs have every host; one of another site's has reported nothing here.</summary>
    private static TransportNode NodeOf(PolicyCall call) => call.Model.Find<TransportNode>(call.Resource.Id) ?? new TransportNode { Id = call.Resource.Id };

    private static JsonObject State(PolicyCall call, string stateField, string statusField)
    {
        string id = RealizedId.Of(call.Resource);
        var state = call.Model.Find<LogicalRouter>(id) is { } router
            ? RuntimeRealization.Describe(call.Get<RuntimeState>(), ConfigKind.LogicalRouter, router)
            : new JsonObject { ["state"] = RuntimeRealization.Pending, ["details"] = new JsonArray() };
        state["pending_change_list"] = new JsonArray();
        return new JsonObject
        {
            ["enforcement_point_path"] = RealizedEntities.EnforcementPoint,
            [stateField] = state,
            [statusField] = new JsonObject
            {
                ["logical_router_id"] = id,
                ["last_update_timestamp"] = call.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
                ["per_node_status"] = new JsonArray(), // service routers report it, and there are none
            },
        };
    }
}
