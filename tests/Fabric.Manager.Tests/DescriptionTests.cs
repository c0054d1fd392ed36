using Fabric.Manager.Catalog;

namespace Fabric.Manager.Tests;

/// <summary>The manager's own description has the types of its rows, and the limits that clients look up.</summary>
internal sealed class DescriptionTests
{
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
}
