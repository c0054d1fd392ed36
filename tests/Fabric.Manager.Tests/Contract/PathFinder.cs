using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Contract;

/// <summary>Real paths for the templates of the API: at each name, ids of what the collection before it lists, a few of each kind.</summary>
internal sealed class PathFinder(RunningManager manager)
{
    private const int OfEachKind = 3;
    private const int Most = 12;

    private readonly Dictionary<string, IReadOnlyList<string>> _ids = [];

    public async Task<IReadOnlyList<string>> FindAsync(string template)
    {
        IReadOnlyList<string> paths = [""];
        foreach (string piece in template.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = new List<string>();
            foreach (string path in paths)
            {
                if (piece.StartsWith('{'))
                {
                    longer.AddRange((await IdsAsync(path, piece.Trim('{', '}').Replace('-', '_'))).Select(id => $"{path}/{Uri.EscapeDataString(id)}"));
                }
                else
                {
                    longer.Add($"{path}/{piece}");
                }
            }

            paths = longer.Count > Most ? longer[..Most] : longer;
        }

        return paths;
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string collection, string name)
    {
        if (_ids.TryGetValue(collection, out var known))
        {
            return known;
        }

        var answer = await manager.GetAsync(collection + "?include_system_owned=true&page_size=200");
        var items = (answer.Code == 200 ? answer.Body?["results"] as JsonArray : null) ?? [];
        return _ids[collection] = [.. items.OfType<JsonObject>()
            .GroupBy(item => (string?)item["resource_type"] ?? "")
            .SelectMany(kind => kind.TakeLast(OfEachKind))
            .Select(item => $"{item["id"] ?? item[name] ?? item[name.Replace("_id", "", StringComparison.Ordinal)]}")
            .Where(id => id.Length > 0)
            .Take(Most)];
    }
}
