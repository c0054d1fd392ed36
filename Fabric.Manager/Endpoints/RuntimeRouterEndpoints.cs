using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>How far logical routers are realized.</summary>
internal static class RuntimeRouterEndpoints
{
    public static void MapRuntimeRouters(this IEndpointRouteBuilder api)
        => api.MapGet("/logical-routers/{id}/state", (ResourceStore store, RuntimeState runtime, string id) =>
        {
            if (store.Current.Find<LogicalRouter>(id) is not { } router)
            {
                return Answers.Error(ApiErrors.NotFound(nameof(LogicalRouter), id));
            }

            var answer = RuntimeRealization.Describe(runtime, ConfigKind.LogicalRouter, router);
            answer["pending_change_list"] = new JsonArray();
            return Answers.Ok(answer);
        });
}
