using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Endpoints.Policy;
using Fabric.Manager.Endpoints.Policy.Realization;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Search;

/// <summary>A resource as a search answers it: as its own GET does, and for intent whether it is realized.</summary>
internal static class SearchHit
{
    public static void Write(Utf8JsonWriter writer, ManagedResource resource, FabricModel model, RealizedEntities realized, IReadOnlySet<string>? fields)
    {
        var body = ResourceJson.ToWire(Shown(resource, model));
        if (resource is PolicyResource intent)
        {
            body["status"] = new JsonObject { ["consolidated_status"] = new JsonObject { ["consolidated_status"] = Consolidated(realized.StateOf(intent)) } };
        }

        if (fields is not null)
        {
            foreach (string name in body.Select(field => field.Key).Where(name => !IsAsked(name, fields)).ToList())
            {
                body.Remove(name);
            }
        }

        body.WriteTo(writer);
    }

    private static ManagedResource Shown(ManagedResource resource, FabricModel model)
        => resource is PolicyResource policy
            ? PolicyTree.Find(policy.Path) is { } place ? PolicyLists.Shown(model, place.Type, policy, inList: true) : policy
            : ResourceCatalog.Find(ResourceKey.KindOf(resource.GetType()))?.Show(model, resource) ?? resource;

    private static string Consolidated(string state) => state switch
    {
        "REALIZED" => "SUCCESS",
        "ERROR" => "ERROR",
        _ => "IN_PROGRESS",
    };

    /// <summary>A field is there with all it holds when a part of it is asked for.</summary>
    private static bool IsAsked(string name, IReadOnlySet<string> fields)
        => name is "id" or "resource_type" || fields.Contains(name) || fields.Any(field => field.StartsWith(name + ".", StringComparison.Ordinal));
}
