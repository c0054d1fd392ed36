using System.Text.Json.Nodes;
using Fabric.Lab.Api;

namespace Fabric.Lab.Configuration;

/// <summary>
/// The lab's objects at the manager, by kind and name. What is there already is taken as it is, so that configuring twice is
/// configuring once; the lab's own are known by a tag.
/// </summary>
internal sealed class FabricObjects(NsxClient api, string lab)
{
    public const string LabScope = "fabric/lab";
    private readonly Dictionary<string, IReadOnlyList<JsonObject>> _existing = [];
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Ids by "collection/name".</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    public object[] Tags(params IEnumerable<(string Scope, string Tag)> more)
        => [new { scope = LabScope, tag = lab }, .. more.Select(t => (object)new { scope = t.Scope, tag = t.Tag })];

    /// <summary>The id of an object of the lab, made if it is not there.</summary>
    /// <param name="creation">What to add to the collection's path to create one, such as ?action=create_with_rules.</param>
    public async Task<string> EnsureAsync(string collection, string name, object body, CancellationToken cancellation, string creation = "")
    {
        if (await FindAsync(collection, name, cancellation).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        var made = await api.PostAsync(collection + creation, body, cancellation).ConfigureAwait(false);
        return Remember(collection, name, made);
    }

    public async Task<string?> FindAsync(string collection, string name, CancellationToken cancellation)
    {
        if (!_existing.TryGetValue(collection, out var all))
        {
            all = await api.ListAsync(collection, cancellation).ConfigureAwait(false);
            _existing[collection] = all;
        }

        var found = all.FirstOrDefault(o => (string?)o["display_name"] == name && IsOfLab(o));
        return found is null ? null : Remember(collection, name, found);
    }

    private string Remember(string collection, string name, JsonObject made)
    {
        string id = (string)made["id"]!;
        _ids[$"{collection}/{name}"] = id;
        return id;
    }

    private bool IsOfLab(JsonObject found)
        => (found["tags"] as JsonArray ?? []).Any(t => (string?)t?["scope"] == LabScope && (string?)t["tag"] == lab);
}
