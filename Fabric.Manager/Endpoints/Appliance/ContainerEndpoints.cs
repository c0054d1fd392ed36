using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Appliance;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Appliance;

/// <summary>What network plugins of container clusters report: their inventory, and how they are.</summary>
internal static class ContainerEndpoints
{
    /// <summary>Where the inventory shows each kind of object.</summary>
    private static readonly (string Path, string Kind)[] Kinds =
    [
        ("container-clusters", "ContainerCluster"), ("container-projects", "ContainerProject"), ("container-applications", "ContainerApplication"),
        ("container-application-instances", "ContainerApplicationInstance"), ("container-cluster-nodes", "ContainerClusterNode"),
        ("container-network-policies", "ContainerNetworkPolicy"), ("container-ingress-policies", "ContainerIngressPolicy"),
    ];

    public static void MapContainers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/inventory/container/{cluster}", UpdateAsync);
        foreach (var (path, kind) in Kinds)
        {
            api.MapGet($"/fabric/{path}", (HttpContext context, ResourceStore store) => RuntimeRequests.Table(context, "results", [.. OfKind(context, store, kind)], []));
            api.MapGet($"/fabric/{path}/{{id}}", (ResourceStore store, string id) => store.Current.Find<ContainerObject>(ContainerObject.IdOf(kind, id)) is { } found
                ? Answers.Ok(found.Content)
                : Answers.Error(ApiErrors.NotFound(kind, id)));
        }

        api.MapDelete("/fabric/container-clusters/{id}", DeleteClusterAsync);
        const string Health = "/systemhealth/container-cluster";
        api.MapGet($"{Health}/ncp/status", (HttpContext context, ResourceStore store, TimeProvider time) => RuntimeRequests.Table(
            context, "results", [.. store.Current.All<ContainerClusterHealth>().Select(health => Describe(store.Current, health, time))], []));
        api.MapPost($"{Health}/ncp/status", ReportAsync);
        api.MapGet($"{Health}/{{id}}/ncp/status", (ResourceStore store, TimeProvider time, string id) => store.Current.Find<ContainerClusterHealth>(id) is { } found
            ? Answers.Ok(Describe(store.Current, found, time))
            : Answers.Error(ApiErrors.NotFound("ContainerClusterStatus", id)));
        api.MapDelete($"{Health}/{{id}}/ncp/status", (HttpContext context, ResourceStore store, string id)
            => WriteAsync(context, store, scope => Remove(scope, ResourceKey.Of<ContainerClusterHealth>(id)), 200));
    }

    private static IEnumerable<JsonObject> OfKind(HttpContext context, ResourceStore store, string kind)
        => store.Current.All<ContainerObject>()
            .Where(item => item.Kind == kind && (context.Query("container_cluster_id") is not { } cluster || item.ClusterId == cluster))
            .Select(item => (JsonObject)item.Content.DeepClone());

    private static async Task<IResult> UpdateAsync(HttpContext context, ResourceStore store, string cluster)
    {
        if (context.Query("action") != "updates")
        {
            return Answers.Error(context.UnknownAction());
        }

        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        if (body["container_inventory_objects"] is not JsonArray updates)
        {
            return Answers.Error(ApiErrors.Field("container_inventory_objects must be an array"));
        }

        return await WriteAsync(context, store, scope => Update(scope, cluster, updates), 200).ConfigureAwait(false);
    }

    private static WriteOutcome Update(WriteScope scope, string cluster, JsonArray updates)
    {
        foreach (var (update, at) in updates.Select((update, at) => (update as JsonObject, at)))
        {
            var content = update?["container_object"] as JsonObject;
            if (Text(content, "resource_type") is not { } kind || Text(content, "external_id") is not { Length: > 0 } id || !Kinds.Any(known => known.Kind == kind))
            {
                return ApiErrors.Field($"container_inventory_objects[{at}].container_object needs a known resource_type and an external_id");
            }

            var key = ResourceKey.Of<ContainerObject>(ContainerObject.IdOf(kind, id));
            var old = scope.Model.Find(key) as ContainerObject;
            switch (Text(update, "object_update_type"))
            {
                case "CREATE" or "UPDATE":
                    var merged = (JsonObject?)old?.Content.DeepClone() ?? [];
                    foreach (var (name, value) in content!)
                    {
                        merged[name] = value?.DeepClone();
                    }

                    scope.Put(new ContainerObject { Id = key.Id, DisplayName = Text(content, "display_name") ?? id, Kind = kind, ClusterId = cluster, Content = merged });
                    break;
                case "DELETE":
                    if (old is not null)
                    {
                        scope.Remove(key);
                    }

                    break;
                default:
                    return ApiErrors.Field($"container_inventory_objects[{at}].object_update_type is not one of CREATE, UPDATE, DELETE");
            }
        }

        return new WriteOutcome.Done();
    }

    /// <summary>All that a cluster reported goes with it.</summary>
    private static Task<IResult> DeleteClusterAsync(HttpContext context, ResourceStore store, string id) => WriteAsync(
        context,
        store,
        scope =>
        {
            var key = ResourceKey.Of<ContainerObject>(ContainerObject.IdOf("ContainerCluster", id));
            if (scope.Model.Find(key) is null)
            {
                return ApiErrors.NotFound("ContainerCluster", id);
            }

            scope.Remove(key);
            foreach (var item in scope.Model.All<ContainerObject>().Where(item => item.ClusterId == id).ToList())
            {
                scope.Remove(ResourceKey.Of(item));
            }

            return new WriteOutcome.Done();
        },
        200);

    private static async Task<IResult> ReportAsync(HttpContext context, ResourceStore store)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        if (Text(body, "cluster_id") is not { Length: > 0 } id || Text(body, "status") is not ("UNKNOWN" or "HEALTHY" or "DOWN" or "DEGRADED"))
        {
            return Answers.Error(ApiErrors.Field("cluster_id is needed, and a status that is one of UNKNOWN, HEALTHY, DOWN, DEGRADED"));
        }

        long interval = body["interval"] is JsonValue number && number.TryGetValue(out long seconds) ? seconds : 0;
        var health = new ContainerClusterHealth { Id = id, DisplayName = id, Status = Text(body, "status")!, Detail = Text(body, "detail"), Interval = interval };
        return await WriteAsync(context, store, scope => scope.Put(health), 201, body).ConfigureAwait(false);
    }

    private static JsonObject Describe(FabricModel model, ContainerClusterHealth health, TimeProvider time)
    {
        bool silent = health.Interval > 0 && time.GetUtcNow().ToUnixTimeMilliseconds() - health.LastModifiedTime > health.Interval * 2000;
        var cluster = model.Find<ContainerObject>(ContainerObject.IdOf("ContainerCluster", health.Id));
        return new JsonObject
        {
            ["cluster_id"] = health.Id,
            ["cluster_name"] = cluster?.DisplayName ?? health.Id,
            ["status"] = silent ? "UNKNOWN" : health.Status,
            ["detail"] = health.Detail,
            ["type"] = Text(cluster?.Content, "cluster_type") ?? "Other",
        };
    }

    private static WriteOutcome Remove(WriteScope scope, ResourceKey key)
    {
        if (scope.Model.Find(key) is null)
        {
            return ApiErrors.NotFound(key.Kind, key.Id);
        }

        scope.Remove(key);
        return new WriteOutcome.Done();
    }

    private static async Task<IResult> WriteAsync(HttpContext context, ResourceStore store, Func<WriteScope, WriteOutcome> change, int status, JsonObject? echo = null)
    {
        var outcome = await store.WriteAsync(context.User(), change, context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : echo is null ? Answers.Empty(status) : Answers.Ok(echo, status);
    }

    private static string? Text(JsonObject? from, string name) => from?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
