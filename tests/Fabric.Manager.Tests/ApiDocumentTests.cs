using Fabric.Manager.Catalog;
using Fabric.Manager.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests;

/// <summary>docs/api.md and the manager's own description say what is served, no more and no less.</summary>
internal sealed class ApiDocumentTests
{
    private const string Start = "<!-- operations: written by ApiDocumentTests with FABRIC_WRITE_DOCS=1 -->\n";
    private const string End = "<!-- end of operations -->\n";

    [Test]
    public async Task The_document_names_every_operation_served()
    {
        await using var manager = await RunningManager.StartAsync("none");
        string table = Table(manager.Services.GetRequiredService<EndpointDataSource>());
        string file = Path.Combine(Root(), "docs", "api.md");
        string document = await File.ReadAllTextAsync(file);
        int start = document.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = document.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("FABRIC_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, document[..start] + table + document[end..]);
            return;
        }

        Assert.That(document[start..end], Is.EqualTo(table), "run this test with FABRIC_WRITE_DOCS=1 and commit docs/api.md");
    }

    [Test]
    public async Task The_description_names_the_types_of_every_row()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var description = await manager.GetAsync("/spec/openapi/nsx_api.json");
        var schemas = description.Body!["components"]!["schemas"]!;
        foreach (var type in ResourceCatalog.All)
        {
            Assert.That(description.Body["paths"]![$"/api/v1{type.Path}"]!["post"]!["requestBody"], Is.Not.Null, type.Path);
            Assert.That(schemas[type.Kind], Is.Not.Null);
        }

        Assert.That(description.Body.ToJsonString().Split("\"#/components/schemas/").Skip(1).Select(rest => rest.Split('"')[0]).Distinct().Where(name => schemas[name] is null), Is.Empty);
        Assert.That(schemas["TransportNode"]!["properties"]!["teps"], Is.Null);
    }

    [Test]
    public async Task Clients_can_read_the_limits_of_tags()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var tag = (await manager.GetAsync("/spec/vmware/types/Tag")).Body!["properties"]!;
        Assert.That(((int)tag["scope"]!["maxLength"]!, (int)tag["tag"]!["maxLength"]!), Is.EqualTo((128, 256)));
        Assert.That((int)(await manager.GetAsync("/spec/vmware/types/ManagedResource")).Body!["properties"]!["tags"]!["maxItems"]!, Is.EqualTo(30));
    }

    private static string Table(EndpointDataSource served)
    {
        var kinds = ResourceCatalog.All.Concat(ResourceCatalog.Singletons).ToDictionary(type => $"/api/v1{type.Path}", type => type.Kind);
        var lines = OpenApi.Operations(served).Select(operation => $"| `{operation.Key}` | {string.Join(", ", operation.Value)} | {kinds.GetValueOrDefault(operation.Key, "")} |\n");
        return "\n| path | methods | type |\n|---|---|---|\n" + string.Concat(lines) + "\n";
    }

    private static string Root()
    {
        string folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "fabric.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
