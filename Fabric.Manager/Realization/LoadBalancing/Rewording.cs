using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.LoadBalancing;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Realization.LoadBalancing;

/// <summary>
/// Says in the Manager API's words what a load balancer's object says in the Policy API's. The two differ in the names of types (Lb for LB), in
/// ids for paths, and in little else, so this goes field by field over what both write.
/// </summary>
internal static class Rewording
{
    private static readonly HashSet<string> OfPolicy =
    [
        "id", "path", "relative_path", "parent_path", "unique_id", "realization_id", "owner_id", "marked_for_delete", "overridden", "tags", "description",
        "_create_user", "_create_time", "_last_modified_user", "_last_modified_time", "_system_owned", "_protection", "_revision", "lb_service_path",
    ];

    private static readonly Dictionary<Type, Func<IntentReader, string, PolicyResource?>> Named = new()
    {
        [typeof(LBMonitorProfile)] = (reader, path) => reader.Find<LBMonitorProfile>(path),
        [typeof(LBAppProfile)] = (reader, path) => reader.Find<LBAppProfile>(path),
        [typeof(LBPersistenceProfile)] = (reader, path) => reader.Find<LBPersistenceProfile>(path),
        [typeof(LBClientSslProfile)] = (reader, path) => reader.Find<LBClientSslProfile>(path),
        [typeof(LBServerSslProfile)] = (reader, path) => reader.Find<LBServerSslProfile>(path),
        [typeof(LBPool)] = (reader, path) => reader.Find<LBPool>(path),
        [typeof(TlsCertificate)] = (reader, path) => reader.Find<TlsCertificate>(path),
        [typeof(TlsCrl)] = (reader, path) => reader.Find<TlsCrl>(path),
        [typeof(Group)] = (reader, path) => reader.Find<Group>(path),
    };

    public static T Of<T>(IntentReader reader, object said, string id)
        where T : ManagedResource
    {
        var written = ResourceJson.ToWire(said);
        foreach (string field in OfPolicy)
        {
            written.Remove(field);
        }

        var reworded = (JsonObject)Reword(reader, "", written)!;
        return reworded.Deserialize<T>(ResourceJson.Stored)! with { Id = id };
    }

    private static JsonNode? Reword(IntentReader reader, string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var result = new JsonObject();
                foreach (var (field, value) in fields.Where(each => !IsPathToNothing(each.Key, each.Value)))
                {
                    result[NameOf(field)] = Reword(reader, field, value);
                }

                return result;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Reword(reader, name, item))]);
            case JsonValue value when value.TryGetValue(out string? text):
                return text.StartsWith('/') && (name.EndsWith("_path", StringComparison.Ordinal) || name.EndsWith("_paths", StringComparison.Ordinal) || name == "pool_id") ? IdAt(reader, text)
                    : name is "type" or "resource_type" && text.StartsWith("LB", StringComparison.Ordinal) ? TypeOf(text)
                    : text;
            case JsonValue number when name == "monitor_port":
                return number.ToJsonString(); // a text there
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsPathToNothing(string field, JsonNode? value) => field.EndsWith("_path", StringComparison.Ordinal) && string.IsNullOrEmpty(value?.ToString());

    private static string NameOf(string field)
        => field == "lb_persistence_profile_path" ? "persistence_profile_id"
            : field.EndsWith("_path", StringComparison.Ordinal) ? field[..^"path".Length] + "id"
            : field.EndsWith("_paths", StringComparison.Ordinal) ? field[..^"paths".Length] + "ids"
            : field;

    private static string TypeOf(string name)
        => "Lb" + (name.EndsWith("MonitorProfile", StringComparison.Ordinal) ? name[2..^"Profile".Length] : name[2..]);

    /// <summary>Of what a path has become; what does not exist keeps its path, which no Manager object has as its id.</summary>
    private static string IdAt(IntentReader reader, string path)
        => PolicyTree.Find(path) is { } place && Named.TryGetValue(place.Type.Record, out var find) && find(reader, path) is { } found ? RealizedId.Of(found) : path;
}
