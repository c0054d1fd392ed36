using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Security;

internal sealed class SecretTests
{
    [Test]
    public async Task A_secret_is_kept_and_neither_answered_nor_found()
    {
        await using var manager = await RunningManager.StartAsync();
        await manager.PatchAsync("/infra/tier-0s/t0", new JsonObject());
        await manager.PatchAsync("/infra/tier-0s/t0/locale-services/default", new JsonObject());
        const string Path = "/infra/tier-0s/t0/locale-services/default/bgp/neighbors/n";
        var made = await manager.PatchAsync(Path, new JsonObject { ["neighbor_address"] = "192.0.2.1", ["remote_as_num"] = "65001", ["password"] = "hush-hush-1" });
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        Assert.That((await manager.GetAsync(Path)).Body!.ToJsonString(), Does.Not.Contain("hush"));
        Assert.That((await manager.GetAsync("/policy/api/v1/search/query?query=hush*")).Results, Is.Empty);
        Assert.That((await manager.GetAsync("/policy/api/v1/search/query?query=password:hush*")).Results, Is.Empty);
        Assert.That((await manager.GetAsync("/policy/api/v1/infra?filter=Type-Tier0|LocaleServices|BgpRoutingConfig|BgpNeighborConfig")).Body!.ToJsonString(), Does.Not.Contain("hush"));
    }
}
