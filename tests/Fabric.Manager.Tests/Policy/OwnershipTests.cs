using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Policy;

/// <summary>What a protected principal made, and what the system owns, in the hands of others.</summary>
internal sealed class OwnershipTests
{
    private static readonly Caller Ncp = new("ncp", ["enterprise_admin"]) { Identity = "ncp-1", IsProtected = true };

    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task Others_change_a_protected_policy_object_only_when_they_insist()
    {
        const string Path = "/infra/domains/d";
        await _manager.Services.GetRequiredService<PolicyWriter>().WriteAsync(Ncp, PolicyTree.Find(Path)!, [], PolicyWriteMode.Patch, false, default);
        var made = (await _manager.GetAsync(Path)).Object;
        Assert.That(((string)made["_create_user"]!, (string)made["_protection"]!), Is.EqualTo(("ncp", "REQUIRE_OVERRIDE")));

        var changed = (JsonObject)made.DeepClone();
        changed["description"] = "mine now";
        await RefusedAsync(HttpMethod.Put, Path, changed);
        await RefusedAsync(HttpMethod.Patch, Path, new JsonObject { ["description"] = "mine now" });
        await RefusedAsync(HttpMethod.Patch, "/infra", new JsonObject
        {
            ["children"] = new JsonArray(new JsonObject { ["resource_type"] = "ChildDomain", ["marked_for_delete"] = true, ["Domain"] = new JsonObject { ["id"] = "d" } }),
        });
        await RefusedAsync(HttpMethod.Delete, Path, null);
        Assert.That((await _manager.PatchAsync(Path, new JsonObject())).Code, Is.EqualTo(200), "what changes nothing needs no permission");

        _manager.Client.DefaultRequestHeaders.Add("X-Allow-Overwrite", "true");
        Assert.That((await _manager.PutAsync(Path, changed)).Code, Is.EqualTo(200));
        var after = (await _manager.GetAsync(Path)).Object;
        Assert.That(((string)after["_create_user"]!, (string)after["_last_modified_user"]!, (string)after["_protection"]!), Is.EqualTo(("ncp", "admin", "REQUIRE_OVERRIDE")));
        Assert.That((await _manager.DeleteAsync(Path)).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task The_same_holds_in_the_Manager_API()
    {
        await _manager.Services.GetRequiredService<ResourceWriter>().CreateAsync(
            Ncp, ResourceCatalog.Of<IPSet>(), new JsonObject { ["id"] = "set", ["ip_addresses"] = new JsonArray("10.0.0.1") }, null, default);
        var made = (await _manager.GetAsync("/ip-sets/set")).Object;
        Assert.That((string)made["_protection"]!, Is.EqualTo("REQUIRE_OVERRIDE"));
        await RefusedAsync(HttpMethod.Put, "/ip-sets/set", (JsonObject)made.DeepClone());
        await RefusedAsync(HttpMethod.Delete, "/ip-sets/set", null);
        _manager.Client.DefaultRequestHeaders.Add("X-Allow-Overwrite", "true");
        Assert.That((await _manager.PutAsync("/ip-sets/set", made)).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync("/ip-sets/set")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Its_maker_needs_no_permission()
    {
        var writer = _manager.Services.GetRequiredService<PolicyWriter>();
        var place = PolicyTree.Find("/infra/domains/d")!;
        await writer.WriteAsync(Ncp, place, [], PolicyWriteMode.Patch, false, default);
        Assert.That(await writer.WriteAsync(Ncp, place, new JsonObject { ["description"] = "d" }, PolicyWriteMode.Patch, false, default), Is.InstanceOf<WriteOutcome.Stored>());
        Assert.That(await writer.DeleteAsync(Ncp, place, default, default), Is.InstanceOf<WriteOutcome.Done>());
    }

    private async Task RefusedAsync(HttpMethod method, string path, JsonNode? body)
    {
        var refused = await _manager.SendAsync(method, path, body);
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 289)), $"{method} {path}: {refused.Body}");
        Assert.That(refused.Message, Does.Contain("Principal 'admin' with role '[enterprise_admin]'").And.Contain("it doesn't own. (createUser=ncp, allowOverwrite=null)"));
    }
}
