using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Appliance;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Appliance;

/// <summary>The management cluster as this manager knows it: itself.</summary>
internal static class ClusterEndpoints
{
    private static readonly string[] Entities = ["HTTP", "DATASTORE", "MANAGER", "POLICY"];

    public static void MapCluster(this IEndpointRouteBuilder api)
    {
        api.MapGet("/cluster", (HttpContext context, ResourceStore store) => Answers.Ok(new JsonObject
        {
            ["cluster_id"] = store.Epoch,
            ["mgmt_cluster_changes_allowed"] = false,
            ["control_cluster_changes_allowed"] = false,
            ["nodes"] = new JsonArray(Member(context, store)),
        }));
        api.MapGet("/cluster-manager/status", () => Answers.Ok(new JsonObject { ["overall_status"] = "STABLE" }));
        api.MapGet("/cluster/nodes", (HttpContext context, ResourceStore store) => RuntimeRequests.Table(context, "results", [Node(context, store)], []));
        api.MapGet("/cluster/nodes/{id}", (HttpContext context, ResourceStore store, string id)
            => id == store.Epoch ? Answers.Ok(Node(context, store)) : Answers.Error(ApiErrors.NotFound("ClusterNodeConfig", id)));
        api.MapGet("/cluster/nodes/deployments", (HttpContext context) => RuntimeRequests.Table(context, "results", [], [])); // no appliance is deployed by another
        api.MapGet("/cluster/{id}", (HttpContext context, ResourceStore store, string id)
            => id == store.Epoch ? Answers.Ok(Member(context, store)) : Answers.Error(ApiErrors.NotFound("ClusterNodeInfo", id)));
        api.MapGet("/cluster/api-virtual-ip", () => Answers.Ok(new JsonObject { ["ip_address"] = "0.0.0.0", ["ip6_address"] = "::" })); // as one that has none
        api.MapGet("/cluster/restore/status", () => Answers.Ok(new JsonObject { ["status"] = new JsonObject { ["value"] = "INITIAL" }, ["total_steps"] = 0 }));
        api.MapGet("/fabric/compute-managers/{id}/status", (ResourceStore store, string id) => store.Current.Find<Catalog.Hosts.ComputeManager>(id) is null
            ? Answers.Error(ApiErrors.NotFound("ComputeManager", id))
            : Answers.Ok(new JsonObject
            {
                ["connection_status"] = "DOWN",
                ["connection_status_details"] = "Nothing here talks to a vCenter.",
                ["registration_status"] = "UNREGISTERED",
                ["registration_errors"] = new JsonArray(),
            }));
        foreach (string inventory in new[] { "compute-collections", "discovered-nodes", "virtual-switches" })
        {
            api.MapGet($"/fabric/{inventory}", (HttpContext context) => RuntimeRequests.Table(context, "results", [], [])); // what a vCenter would report
        }

        api.MapGet("/global-configs", (HttpContext context, ResourceStore store)
            => Answers.Page(context, GlobalConfigRows.Singletons.SelectMany(row => store.Current.OfKind(row.Kind).Values)));
    }

    private static JsonObject Listening(HttpContext context)
        => new() { ["ip_address"] = context.Connection.LocalIpAddress?.MapToIPv4().ToString() ?? "127.0.0.1", ["port"] = context.Connection.LocalPort };

    private static JsonObject Member(HttpContext context, ResourceStore store) => new()
    {
        ["node_uuid"] = store.Epoch,
        ["fqdn"] = Environment.MachineName,
        ["status"] = "JOINED",
        ["api_listen_addr"] = Listening(context),
        ["entities"] = new JsonArray([.. Entities.Select(entity => (JsonNode)new JsonObject { ["entity_type"] = entity })]),
    };

    private static JsonObject Node(HttpContext context, ResourceStore store) => new()
    {
        ["resource_type"] = "ClusterNodeConfig",
        ["id"] = store.Epoch,
        ["display_name"] = Environment.MachineName,
        ["external_id"] = store.Epoch,
        ["appliance_mgmt_listen_addr"] = context.Connection.LocalIpAddress?.MapToIPv4().ToString() ?? "127.0.0.1",
        ["manager_role"] = new JsonObject { ["type"] = "ManagementClusterRoleConfig", ["api_listen_addr"] = Listening(context) },
    };
}
