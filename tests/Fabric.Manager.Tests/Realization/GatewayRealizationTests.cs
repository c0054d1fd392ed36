using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Realization;

/// <summary>Gateways as routers: links between tiers, advertisement, static routes; in projects and VPCs alike.</summary>
internal sealed class GatewayRealizationTests
{
    [Test]
    public async Task A_tier_1_is_linked_to_its_tier_0_by_addresses_of_the_transit_network()
    {
        await using var manager = await RunningManager.StartAsync();
        await RealizationTests.PatchAsync(manager, "/infra/tier-0s/t0", []);
        await RealizationTests.PatchAsync(manager, "/infra/tier-0s/other", []);
        await RealizationTests.PatchAsync(manager, "/infra/tier-1s/t1", new JsonObject { ["tier0_path"] = "/infra/tier-0s/t0" });
        await RealizationTests.PatchAsync(manager, "/infra/tier-1s/t2", new JsonObject { ["tier0_path"] = "/infra/tier-0s/t0" });

        Assert.That(await AddressesAsync(manager, "/infra/tier-0s/t0"), Is.EquivalentTo(new[] { "100.64.0.0", "100.64.0.2" }));
        Assert.That(await AddressesAsync(manager, "/infra/tier-1s/t2"), Is.EqualTo(new[] { "100.64.0.3" }));

        await RealizationTests.PatchAsync(manager, "/infra/tier-1s/t1", new JsonObject { ["tier0_path"] = "/infra/tier-0s/other" });
        Assert.That(await AddressesAsync(manager, "/infra/tier-0s/t0"), Is.EqualTo(new[] { "100.64.0.2" }));
        Assert.That(await AddressesAsync(manager, "/infra/tier-0s/other"), Is.EqualTo(new[] { "100.64.0.0" }));

        await manager.DeleteAsync("/infra/tier-1s/t1");
        await manager.DeleteAsync("/infra/tier-0s/other");
        await manager.RealizedAsync();
        Assert.That((await manager.GetAsync("/logical-routers")).Results, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_a_tier_1_advertises_and_its_static_routes_are_its_routers()
    {
        await using var manager = await RunningManager.StartAsync();
        await RealizationTests.PatchAsync(manager, "/infra/tier-1s/t1", new JsonObject { ["route_advertisement_types"] = new JsonArray("TIER1_CONNECTED", "TIER1_NAT") });
        await RealizationTests.PatchAsync(manager, "/infra/tier-1s/t1/static-routes/default", new JsonObject
        {
            ["network"] = "0.0.0.0/0",
            ["next_hops"] = new JsonArray(new JsonObject { ["ip_address"] = "10.9.9.9" }),
        });
        string router = await RouterAsync(manager, "/infra/tier-1s/t1");

        var advertisement = (await manager.GetAsync($"/logical-routers/{router}/routing/advertisement")).Object;
        Assert.That(((bool)advertisement["enabled"]!, (bool)advertisement["advertise_nsx_connected_routes"]!, (bool)advertisement["advertise_nat_routes"]!, (bool)advertisement["advertise_lb_vip"]!),
            Is.EqualTo((true, true, true, false)));
        Assert.That((string)(await manager.GetAsync($"/logical-routers/{router}/routing/static-routes")).Results.Single()!["network"]!, Is.EqualTo("0.0.0.0/0"));
        Assert.That((await manager.GetAsync("/infra/tier-1s/t1/state")).Body!["tier1_state"]!["state"]!.GetValue<string>(), Is.EqualTo("pending"), "no host has reported");

        await manager.DeleteAsync("/infra/tier-1s/t1/static-routes/default");
        await manager.RealizedAsync();
        Assert.That((await manager.GetAsync($"/logical-routers/{router}/routing/static-routes")).Results, Is.Empty);
    }

    private static async Task<string> RouterAsync(RunningManager manager, string gateway)
        => (string)(await RealizationTests.EntitiesAsync(manager, gateway)).Single(entity => (string)entity["entity_type"]! == "RealizedLogicalRouter")["realization_specific_identifier"]!;

    private static async Task<List<string>> AddressesAsync(RunningManager manager, string gateway)
        => [.. (await manager.GetAsync($"/logical-router-ports?logical_router_id={await RouterAsync(manager, gateway)}")).Results
            .SelectMany(port => (JsonArray)port!["subnets"]!).Select(subnet => (string)subnet!["ip_addresses"]![0]!)];
}
