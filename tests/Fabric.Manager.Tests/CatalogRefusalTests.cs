using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

/// <summary>What holds for the rows whose records have a bounded field, or name other resources.</summary>
[NonParallelizable]
internal sealed class CatalogRefusalTests
{
    public static IEnumerable<CatalogCase> Bounded => CatalogCase.All.Where(row => row.WrongValue is not null);

    public static IEnumerable<CatalogCase> Referring => CatalogCase.All.Where(row => row.Reference is not null);

    [TestCaseSource(nameof(Bounded))]
    public async Task A_value_out_of_range_is_refused_by_name(CatalogCase row)
    {
        var (field, value) = row.WrongValue!.Value;
        await RefusedAsync(row, field, value, 255, field);
    }

    [TestCaseSource(nameof(Referring))]
    public async Task A_missing_reference_is_refused_by_name(CatalogCase row)
    {
        var (field, value) = row.Reference!.Value;
        await RefusedAsync(row, field, value("no-such-thing"), 604, "no-such-thing");
    }

    private static async Task RefusedAsync(CatalogCase row, string field, JsonNode value, int code, string named)
    {
        var manager = await CatalogManager.GetAsync();
        string path = await row.PathAsync(manager);
        var body = await row.Body(manager);
        body[field] = value.DeepClone();
        await manager.RefusesAsync(path, body, code, named);
    }
}
