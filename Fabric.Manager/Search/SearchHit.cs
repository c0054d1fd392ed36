using System.Text.Json;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Search;

/// <summary>A resource as a search answers it: as its own GET does, and for intent whether it is realized.</summary>
internal static class SearchHit
{
    public static void Write(Utf8JsonWriter writer, ManagedResource resource, FabricModel model, IReadOnlySet<string>? fields)
    {
        var body = ResourceJson.ToWire(Shown(resource, model));
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
        => ResourceCatalog.Find(ResourceKey.KindOf(resource.GetType()))?.Show(model, resource) ?? resource;

    /// <summary>A field is there with all it holds when a part of it is asked for.</summary>
    private static bool IsAsked(string name, IReadOnlySet<string> fields)
        => name is "id" or "resource_type" || fields.Contains(name) || fields.Any(field => field.StartsWith(name + ".", StringComparison.Ordinal));
}
