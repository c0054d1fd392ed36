using System.Globalization;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Faults;

internal sealed class RequestJournalTests
{
    [Test]
    public async Task A_test_asks_what_its_client_asked()
    {
        await using var manager = await RunningManager.StartAsync("none");
        await manager.GetAsync("/ip-sets?page_size=5");
        using var made = await manager.Client.PostAsync("/api/v1/ip-sets", new StringContent("""{"id":"x"}""", System.Text.Encoding.UTF8, "application/json"));
        await manager.GetAsync("/ip-sets/none");
        using var stranger = manager.NewClient("wrong");
        await stranger.AskAsync(HttpMethod.Get, "node");

        var all = (await manager.Client.AskAsync(HttpMethod.Get, "/fabric/v1/requests")).Results;
        Assert.That(all.Select(entry => (string)entry!["path"]!), Is.EqualTo(new[] { "/api/v1/ip-sets", "/api/v1/ip-sets", "/api/v1/ip-sets/none", "/api/v1/node" }));
        Assert.That(all.Select(entry => (int)entry!["status"]!), Is.EqualTo(new[] { 200, 201, 404, 403 }));
        Assert.That((string)all[0]!["query"]!, Is.EqualTo("?page_size=5"));
        Assert.That(((string)all[1]!["user"]!, (int)all[1]!["request_bytes"]!), Is.EqualTo(("admin", 10)));
        Assert.That((string?)all[3]!["user"], Is.Null);
        Assert.That(made.Headers.GetValues("X-NSX-REQUESTID").Single(), Is.EqualTo(((long)all[1]!["id"]!).ToString(CultureInfo.InvariantCulture)));
        Assert.That(await CountAsync(manager, "method=POST"), Is.EqualTo(1));
        Assert.That(await CountAsync(manager, "path=/api/v1/ip-sets*"), Is.EqualTo(3));
        Assert.That(await CountAsync(manager, "path=*/none"), Is.EqualTo(1));
        Assert.That(await CountAsync(manager, "status=404"), Is.EqualTo(1));
        Assert.That(await CountAsync(manager, "user=admin&after=1"), Is.EqualTo(2));
        await manager.Client.AskAsync(HttpMethod.Delete, "/fabric/v1/requests");
        Assert.That(await CountAsync(manager, ""), Is.Zero);
    }

    private static async Task<int> CountAsync(RunningManager manager, string query)
        => ((JsonArray)(await manager.Client.AskAsync(HttpMethod.Get, $"/fabric/v1/requests?{query}")).Body!["results"]!).Count;
}
