using System.Text.Json.Nodes;
using Fabric.Manager.Tests.Policy;

namespace Fabric.Manager.Tests.Contract;

/// <summary>A manager with an object of every row that there is a case for, in both APIs: what contract tests are run against.</summary>
internal static class FilledManager
{
    public static async Task<(RunningManager Manager, IReadOnlyList<string> Missing)> StartAsync(string? folder = null)
    {
        var manager = await RunningManager.StartAsync(folder: folder);
        var missing = new List<string>();
        foreach (var row in CatalogCase.All)
        {
            var answer = await manager.PostAsync(await row.PathAsync(manager), await row.Body(manager));
            if (answer.Code is not (200 or 201))
            {
                missing.Add($"POST {row.Path}: {answer.Body}");
            }
        }

        foreach (var row in PolicyCase.All)
        {
            foreach (var (path, body) in (row.Needs ?? []).Append((row.Path, row.Body)))
            {
                var answer = await manager.PatchAsync(path, JsonNode.Parse(body)!);
                answer = answer.Code is 405 or 501 ? await manager.PutAsync(path, JsonNode.Parse(body)!) : answer;
                if (answer.Code != 200 && (await manager.GetAsync(path)).Code != 200)
                {
                    missing.Add($"PATCH {path}: {answer.Body}");
                }
            }
        }

        return (manager, missing);
    }
}
