using System.Text.Json.Nodes;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Realization;

/// <summary>Policy objects become Manager objects: made, changed and deleted with them, and never written for nothing.</summary>
internal sealed class RealizationTests
{
    [Test]
    public async Task A_segment_becomes_a_logical_switch_that_is_changed_and_goes_with_it()
    {
        await using var manager = await RunningManager.StartAsync();
        await PatchAsync(manager, "/infra/segments/web", new JsonObject { ["tags"] = new JsonArray(new JsonObject { ["scope"] = "app", ["tag"] = "web" }) });

        var entity = (await EntitiesAsync(manager, "/infra/segments/web")).Single();
        Assert.That((string)entity["entity_type"]!, Is.EqualTo("RealizedLogicalSwitch"));
        Assert.That((string)entity["state"]!, Is.EqualTo("REALIZED"));
        string id = (string)entity["realization_specific_identifier"]!;
        var made = (await manager.GetAsync($"/logical-switches/{id}")).Object;
        Assert.That((string)made["display_name"]!, Is.EqualTo("web"));
        Assert.That((int)made["vni"]!, Is.Positive);
        Assert.That((string)made["_create_user"]!, Is.EqualTo("nsx_policy"));
        Assert.That((string)made["_protection"]!, Is.EqualTo("REQUIRE_OVERRIDE"));
        Assert.That(made["tags"]!.ToJsonString(), Does.Contain("policyPath").And.Contains("/infra/segments/web").And.Contains("app"));
        Assert.That((await manager.GetAsync($"/infra/realized-state/realized-entity?realized_path={entity["path"]}")).Code, Is.EqualTo(200));

        await PatchAsync(manager, "/infra/segments/web", new JsonObject { ["display_name"] = "web 2" });
        var renamed = (await manager.GetAsync($"/logical-switches/{id}")).Object;
        Assert.That((string)renamed["display_name"]!, Is.EqualTo("web 2"));
        Assert.That((int)renamed["vni"]!, Is.EqualTo((int)made["vni"]!));

        Assert.That((await manager.DeleteAsync("/infra/segments/web")).Code, Is.EqualTo(200));
        await manager.RealizedAsync();
        Assert.That((await manager.GetAsync($"/logical-switches/{id}")).Code, Is.EqualTo(404));
        Assert.That(await EntitiesAsync(manager, "/infra/segments/web"), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_written_when_nothing_changes_what_is_wanted()
    {
        await using var manager = await RunningManager.StartAsync();
        await BuildAsync(manager);
        ulong before = Sequence(manager);

        await manager.SendAsync(HttpMethod.Patch, "/infra/segments/web", new JsonObject { ["admin_state"] = "UP" });
        await manager.PostAsync("/infra/realized-state/realized-entity?action=refresh&intent_path=/infra/segments/web");
        await manager.RealizedAsync();

        Assert.That(Sequence(manager), Is.EqualTo(before));
    }

    [Test]
    public async Task A_manager_that_starts_again_finds_everything_realized_and_writes_nothing()
    {
        string folder = RunningManager.NewFolder();
        ulong before;
        List<string> entities;
        await using (var manager = await RunningManager.StartAsync(folder: folder))
        {
            await BuildAsync(manager);
            before = Sequence(manager);
            entities = await DescribeAsync(manager);
        }

        await using (var manager = await RunningManager.StartAsync(folder: folder))
        {
            Assert.That(entities, Has.Some.Contains("logical-router-ports").And.All.EndsWith("REALIZED"));
            await manager.RealizedAsync();
            Assert.That(Sequence(manager), Is.EqualTo(before));
            Assert.That(await DescribeAsync(manager), Is.EqualTo(entities));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_order_in_which_intent_arrives_means_nothing()
    {
        await using var together = await RunningManager.StartAsync();
        var answer = await together.SendAsync(HttpMethod.Patch, "/infra", new JsonObject
        {
            ["resource_type"] = "Infra",
            ["children"] = new JsonArray(
                Child("Segment", "web", new JsonObject
                {
                    ["connectivity_path"] = "/infra/tier-1s/t1",
                    ["subnets"] = new JsonArray(new JsonObject { ["gateway_address"] = "10.1.1.1/24" }),
                }),
                Child("Tier1", "t1", new JsonObject { ["tier0_path"] = "/infra/tier-0s/t0" }),
                Child("Tier0", "t0", [])),
        });
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        await together.RealizedAsync();

        Assert.That((await EntitiesAsync(together, "/infra/segments/web")).Select(entity => (string)entity["entity_type"]!),
            Is.EquivalentTo(new[] { "RealizedLogicalSwitch", "RealizedLogicalPort", "RealizedLogicalRouterPort" }));
        Assert.That((await together.GetAsync("/infra/realized-state/status?intent_path=/infra/segments/web")).Body!["publish_status"]!.GetValue<string>(), Is.EqualTo("REALIZED"));
    }

    [Test]
    public async Task What_cannot_be_is_an_error_with_an_alarm_and_heals_when_its_cause_goes()
    {
        await using var manager = await RunningManager.StartAsync();
        await PatchAsync(manager, "/infra/tier-1s/t1", []);
        await PatchAsync(manager, "/infra/segments/web", Connected("10.1.1.1/24"));
        string router = (string)(await EntitiesAsync(manager, "/infra/tier-1s/t1"))[0]["realization_specific_identifier"]!;
        var taken = await manager.PostAsync("/logical-router-ports", new JsonObject
        {
            ["resource_type"] = "LogicalRouterDownLinkPort",
            ["logical_router_id"] = router,
            ["subnets"] = new JsonArray(new JsonObject { ["ip_addresses"] = new JsonArray("10.1.2.1"), ["prefix_length"] = 24 }),
        });
        Assert.That(taken.Code, Is.EqualTo(201), $"{taken.Body}");

        await PatchAsync(manager, "/infra/segments/app", Connected("10.1.2.1/24"));
        var failed = (await EntitiesAsync(manager, "/infra/segments/app")).Single();
        Assert.That((string)failed["state"]!, Is.EqualTo("ERROR"));
        Assert.That((string)failed["alarms"]![0]!["message"]!, Does.Contain("10.1.2.1"));
        Assert.That((await manager.GetAsync("/infra/realized-state/alarms")).Results, Has.Count.EqualTo(1));
        Assert.That((string)(await EntitiesAsync(manager, "/infra/segments/web"))[0]["state"]!, Is.EqualTo("REALIZED"), "others are left alone");

        await manager.DeleteAsync($"/logical-router-ports/{taken.Object["id"]}");
        await manager.PostAsync("/infra/realized-state/realized-entity?action=refresh&intent_path=/infra/segments/app");
        await manager.RealizedAsync();
        Assert.That((await EntitiesAsync(manager, "/infra/segments/app")).Select(entity => (string)entity["state"]!), Is.All.EqualTo("REALIZED"));
        Assert.That((await manager.GetAsync("/infra/realized-state/alarms")).Results, Is.Empty);
    }

    [Test]
    public async Task A_deleted_object_of_policy_is_made_again_and_users_need_to_insist_to_change_one()
    {
        await using var manager = await RunningManager.StartAsync();
        await PatchAsync(manager, "/infra/segments/web", []);
        string id = (string)(await EntitiesAsync(manager, "/infra/segments/web"))[0]["realization_specific_identifier"]!;
        Assert.That((await manager.DeleteAsync($"/logical-switches/{id}")).ErrorCode, Is.EqualTo(289));

        manager.Client.DefaultRequestHeaders.Add("X-Allow-Overwrite", "true");
        Assert.That((await manager.DeleteAsync($"/logical-switches/{id}")).Code, Is.EqualTo(200));
        await manager.RealizedAsync();
        Assert.That((await manager.GetAsync($"/logical-switches/{id}")).Code, Is.EqualTo(200));
    }

    internal static async Task PatchAsync(RunningManager manager, string path, JsonObject body)
    {
        var answer = await manager.SendAsync(HttpMethod.Patch, path, body);
        Assert.That(answer.Code, Is.EqualTo(200), $"PATCH {path}: {answer.Body}");
        await manager.RealizedAsync();
    }

    internal static async Task<List<JsonObject>> EntitiesAsync(RunningManager manager, string path)
        => [.. (await manager.GetAsync($"/infra/realized-state/realized-entities?intent_path={path}")).Results.Select(entity => (JsonObject)entity!)];

    internal static JsonObject Connected(string gateway) => new()
    {
        ["connectivity_path"] = "/infra/tier-1s/t1",
        ["subnets"] = new JsonArray(new JsonObject { ["gateway_address"] = gateway }),
    };

    private static async Task BuildAsync(RunningManager manager)
    {
        await PatchAsync(manager, "/infra/tier-0s/t0", []);
        await PatchAsync(manager, "/infra/tier-1s/t1", new JsonObject { ["tier0_path"] = "/infra/tier-0s/t0", ["route_advertisement_types"] = new JsonArray("TIER1_CONNECTED") });
        await PatchAsync(manager, "/infra/segments/web", Connected("10.1.1.1/24"));
        await PatchAsync(manager, "/infra/segments/web/ports/p1", new JsonObject { ["attachment"] = new JsonObject { ["id"] = "vif-1" } });
    }

    private static async Task<List<string>> DescribeAsync(RunningManager manager)
    {
        var all = new List<string>();
        foreach (string path in new[] { "/infra/tier-0s/t0", "/infra/tier-1s/t1", "/infra/segments/web", "/infra/segments/web/ports/p1" })
        {
            all.AddRange((await EntitiesAsync(manager, path)).Select(entity => $"{path} {entity["path"]} {entity["state"]}"));
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static JsonObject Child(string type, string id, JsonObject body)
    {
        body["id"] = id;
        body["resource_type"] = type;
        return new JsonObject { ["resource_type"] = $"Child{type}", [type] = body };
    }

    private static ulong Sequence(RunningManager manager) => manager.Services.GetRequiredService<ResourceStore>().Current.Sequence;
}
