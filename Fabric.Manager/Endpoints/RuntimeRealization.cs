using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Publishing;

namespace Fabric.Manager.Endpoints;

/// <summary>Rolls what hosts say of an object up into the API's configuration state.</summary>
internal static class RuntimeRealization
{
    public const string Pending = "pending";
    public const string InProgress = "in_progress";
    public const string Success = "success";
    public const string PartialSuccess = "partial_success";
    public const string Failed = "failed";

    /// <summary>Pending until a controller has the revision; success when every host of the span has it in force.</summary>
    public static string StateOf(ObjectRealization? realization, long revision)
    {
        if (realization is null || realization.Revision < revision)
        {
            return Pending;
        }

        var states = realization.Nodes.Select(node => node.State).ToArray();
        return states.Contains(InProgress) ? InProgress
            : !states.Contains(Failed) ? Success
            : states.All(state => state == Failed) ? Failed
            : PartialSuccess;
    }

    /// <summary>The state with its details: only the nodes that are out of sync (reference: nsx-dataplane.md, 1.4).</summary>
    public static JsonObject Describe(RuntimeState runtime, ConfigKind kind, ManagedResource resource)
    {
        var realization = runtime.Realization(kind, resource.Id);
        var answer = new JsonObject { ["state"] = StateOf(realization, resource.Revision) };
        var details = new JsonArray();
        foreach (var node in (realization?.Nodes ?? []).Where(node => node.State != Success))
        {
            var detail = new JsonObject
            {
                ["sub_system_id"] = node.NodeId,
                ["sub_system_name"] = runtime.Node(node.NodeId)?.HostName is { Length: > 0 } name ? name : node.NodeId,
                ["sub_system_type"] = "TransportNode",
                ["state"] = node.State,
            };
            if (node.Failure.Length > 0)
            {
                detail["failure_message"] = node.Failure;
            }

            details.Add(detail);
        }

        if (realization?.Nodes.FirstOrDefault(node => node.Failure.Length > 0) is { } failed)
        {
            answer["failure_message"] = failed.Failure;
        }

        answer["details"] = details;
        return answer;
    }
}
