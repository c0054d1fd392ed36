using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>The manager about itself: what clients ask before they do anything else.</summary>
internal static class NodeEndpoints
{
    /// <summary>The NSX whose API is imitated; clients choose their features by it.</summary>
    public const string Version = "4.1.2.0.0.22589037";

    public static void MapNode(this IEndpointRouteBuilder api)
    {
        api.MapGet("/node", (ResourceStore store, TimeProvider time) => Answers.Ok(new JsonObject
        {
            ["node_version"] = Version,
            ["product_version"] = Version,
            ["node_type"] = "NSX Manager",
            ["node_uuid"] = store.Epoch,
            ["hostname"] = Environment.MachineName,
            ["system_time"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["kernel_version"] = Environment.OSVersion.VersionString,
            ["timezone"] = "Etc/UTC",
            ["export_type"] = "UNRESTRICTED",
        }));
        api.MapGet("/node/version", () => Answers.Ok(new JsonObject { ["node_version"] = Version, ["product_version"] = Version }));
        api.MapGet("/reverse-proxy/node/health", () => Answers.Ok(new JsonObject { ["healthy"] = true }));
        api.MapGet("/operational/application/status", () => Answers.Ok(new JsonObject { ["application_status"] = "WORKING" }));
        api.MapGet("/cluster/status", (ResourceStore store) => Answers.Ok(new JsonObject
        {
            ["cluster_id"] = store.Epoch,
            ["mgmt_cluster_status"] = new JsonObject
            {
                ["status"] = "STABLE",
                ["online_nodes"] = new JsonArray(new JsonObject { ["uuid"] = store.Epoch }),
                ["offline_nodes"] = new JsonArray(),
            },
        }));
        api.MapGet("/fabric/nodes", ListNodes);
        api.MapGet("/fabric/nodes/{id}", (ResourceStore store, string id) => store.Current.Find<TransportNode>(id)?.NodeDeploymentInfo is { } node
            ? Answers.Ok(node)
            : Answers.Error(ApiErrors.NotFound("Node", id)));
        api.MapGet("/spec/vmware/types/{name}", (string name) => SpecTypes.SchemaOf(name) is { } schema ? Answers.Ok(schema) : Answers.Error(ApiErrors.NotFound("Type", name)));
    }

    private static JsonAnswer ListNodes(HttpContext context, ResourceStore store)
        => Answers.Page(context, store.Current.All<TransportNode>().Select(node => node.NodeDeploymentInfo).OfType<Node>()
            .Where(node => context.Query("display_name") is not { } name || node.DisplayName == name)
            .Where(node => context.Query("ip_address") is not { } ip || (node.IpAddresses ?? []).Contains(ip)));
}
