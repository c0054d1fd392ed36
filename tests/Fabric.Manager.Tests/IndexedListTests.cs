using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests;

/// <summary>Lists that are looked up by a value answer what a walk through everything would.</summary>
internal sealed class IndexedListTests
{
    [Test]
    public async Task Ports_are_found_by_switch_attachment_and_parent_as_they_come_move_and_go()
    {
        await using var manager = await RunningManager.StartAsync();
        string zone = await manager.OverlayZoneAsync();
        string[] switches = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => manager.CreateIdAsync(
            "/logical-switches", CatalogCase.Json($$"""{"transport_zone_id":"{{zone}}","admin_state":"UP","replication_mode":"MTEP"}"""))));
        var random = new Random(4);
        var ports = new List<JsonObject>();
        for (int step = 0; step < 60; step++)
        {
            if (ports.Count > 5 && random.Next(3) == 0)
            {
                var gone = ports[random.Next(ports.Count)];
                Assert.That((await manager.DeleteAsync($"/logical-ports/{gone["id"]}?detach=true")).Code, Is.EqualTo(200));
                ports.Remove(gone);
            }
            else if (ports.Count > 5 && random.Next(3) == 0)
            {
                int at = random.Next(ports.Count);
                var change = (JsonObject)ports[at].DeepClone();
                change["attachment"] = CatalogCase.Json($$"""{"attachment_type":"VIF","id":"vif-{{step}}"}""");
                var answer = await manager.PutAsync($"/logical-ports/{change["id"]}", change);
                Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
                ports[at] = answer.Object;
            }
            else
            {
                ports.Add(await manager.CreateAsync("/logical-ports", CatalogCase.Json(
                    $$"""{"logical_switch_id":"{{switches[random.Next(3)]}}","admin_state":"UP","attachment":{"attachment_type":"VIF","id":"vif-{{step}}"} }""")));
            }
        }

        foreach (string one in switches)
        {
            var expected = ports.Where(port => (string)port["logical_switch_id"]! == one).Select(port => (string)port["id"]!).Order(StringComparer.Ordinal);
            Assert.That(Ids(await manager.GetAsync($"/logical-ports?logical_switch_id={one}")), Is.EqualTo(expected));
        }

        foreach (var port in ports)
        {
            Assert.That(Ids(await manager.GetAsync($"/logical-ports?attachment_id={port["attachment"]!["id"]}&logical_switch_id={port["logical_switch_id"]}")), Is.EqualTo(new[] { (string)port["id"]! }));
        }

        Assert.That(Ids(await manager.GetAsync("/logical-ports?attachment_id=nobody")), Is.Empty);
        Assert.That(Ids(await manager.GetAsync("/logical-ports")), Has.Length.EqualTo(ports.Count));
    }

    [Test]
    public async Task A_long_list_is_read_to_its_end_while_it_changes()
    {
        await using var manager = await RunningManager.StartAsync("none");
        await manager.Services.GetRequiredService<ResourceStore>().WriteAsync("test", scope =>
        {
            for (int i = 0; i < 1_200; i++)
            {
                scope.Put(new IPSet { Id = $"s-{i:0000}", DisplayName = $"{i % 7}" });
            }

            return new WriteOutcome.Done();
        });
        var seen = new List<string>();
        string cursor = "";
        do
        {
            var page = await manager.GetAsync($"/ip-sets?page_size=500&sort_by=id{cursor}");
            seen.AddRange(Ids(page));
            await manager.CreateAsync("/ip-sets", CatalogCase.Json($$"""{"id":"t-{{seen.Count}}"}"""));
            cursor = page.Object.ContainsKey("cursor") ? $"&cursor={page.Body!["cursor"]}" : "";
        }
        while (cursor.Length > 0);
        Assert.That(seen.Where(id => id.StartsWith('s')), Is.EqualTo(Enumerable.Range(0, 1_200).Select(i => $"s-{i:0000}")));
        Assert.That(seen, Is.Unique);
        Assert.That((await manager.GetAsync("/ip-sets/s-0001")).Body!["display_name"]!.GetValue<string>(), Is.EqualTo("1"));
    }

    [Test]
    public async Task What_was_answered_before_a_change_is_not_answered_after_it()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var set = await manager.CreateAsync("/ip-sets", CatalogCase.Json("""{"display_name":"old"}"""));
        for (int i = 0; i < 3; i++)
        {
            var shown = (await manager.GetAsync($"/ip-sets/{set["id"]}")).Object;
            Assert.That((string)shown["display_name"]!, Is.EqualTo(i == 0 ? "old" : $"new {i - 1}"));
            Assert.That((await manager.GetAsync("/ip-sets")).Results.Single()!.ToJsonString(), Is.EqualTo(shown.ToJsonString()));
            shown["display_name"] = $"new {i}";
            Assert.That((await manager.PutAsync($"/ip-sets/{set["id"]}", shown)).Code, Is.EqualTo(200));
        }
    }

    private static string[] Ids(Answer answer) => [.. answer.Results.Select(item => (string)item!["id"]!)];
}
