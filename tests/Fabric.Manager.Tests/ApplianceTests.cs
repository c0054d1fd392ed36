using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

/// <summary>What the manager says of itself, of licences and of container clusters, and how blocks are carved.</summary>
internal sealed class ApplianceTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task What_is_configured_once_is_read_and_replaced()
    {
        var read = await _manager.GetAsync("/global-configs/SwitchingGlobalConfig");
        Assert.That((int)read.Object["physical_uplink_mtu"]!, Is.EqualTo(1700));
        read.Object["physical_uplink_mtu"] = 9000;
        var changed = await _manager.PutAsync("/global-configs/SwitchingGlobalConfig", read.Object);
        Assert.That(((int)changed.Object["physical_uplink_mtu"]!, (int)changed.Object["_revision"]!), Is.EqualTo((9000, 1)));
        Assert.That((await _manager.GetAsync("/global-configs")).Results.Select(item => (string)item!["resource_type"]!), Does.Contain("RoutingGlobalConfig"));
    }

    [Test]
    public async Task A_container_cluster_reports_itself_and_goes_with_all_it_reported()
    {
        var updates = CatalogCase.Json("""
            {"container_inventory_objects":[
              {"object_update_type":"CREATE","container_object":{"resource_type":"ContainerCluster","external_id":"c1","display_name":"one","cluster_type":"Kubernetes"}},
              {"object_update_type":"CREATE","container_object":{"resource_type":"ContainerProject","external_id":"p1","display_name":"default","container_cluster_id":"c1"}}]}
            """);
        Assert.That((await _manager.PostAsync("/inventory/container/c1?action=updates", updates)).Code, Is.EqualTo(200));
        Assert.That((string)(await _manager.GetAsync("/fabric/container-clusters/c1")).Body!["cluster_type"]!, Is.EqualTo("Kubernetes"));
        Assert.That((await _manager.GetAsync("/fabric/container-projects?container_cluster_id=c1")).Results, Has.Count.EqualTo(1));
        Assert.That((await _manager.PostAsync("/systemhealth/container-cluster/ncp/status", CatalogCase.Json("""{"cluster_id":"c1","status":"HEALTHY","interval":60}"""))).Code, Is.EqualTo(201));
        var health = await _manager.GetAsync("/systemhealth/container-cluster/c1/ncp/status");
        Assert.That(((string)health.Body!["status"]!, (string)health.Body["cluster_name"]!), Is.EqualTo(("HEALTHY", "one")));
        _manager.Time.Advance(TimeSpan.FromSeconds(121));
        Assert.That((string)(await _manager.GetAsync("/systemhealth/container-cluster/c1/ncp/status")).Body!["status"]!, Is.EqualTo("UNKNOWN"), "it has been silent");
        Assert.That((await _manager.DeleteAsync("/fabric/container-clusters/c1")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/fabric/container-projects/p1")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Licences_are_kept_and_hold_nothing_back()
    {
        Assert.That((await _manager.PostAsync("/licenses", CatalogCase.Json("""{"license_key":"short"}"""))).ErrorCode, Is.EqualTo(255));
        var key = CatalogCase.Json("""{"license_key":"AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"}""");
        Assert.That((await _manager.PostAsync("/licenses", key)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/licenses")).Results, Has.Count.EqualTo(1));
        Assert.That((await _manager.PostAsync("/licenses?action=delete", key)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/licenses")).Results, Is.Empty);
        Assert.That((await _manager.GetAsync("/licenses/licensed-features")).Results.Select(item => (bool)item!["is_licensed"]!), Has.All.True);
    }

    [Test]
    public async Task Blocks_are_carved_from_the_lowest_free_place_up()
    {
        string block = await AddressCases.BlockAsync(_manager, "10.90.0.0/26");
        var first = await CarveAsync(block, 16);
        Assert.That((string)first.Object["cidr"]!, Is.EqualTo("10.90.0.0/28"));
        Assert.That((string)(await CarveAsync(block, 32)).Object["cidr"]!, Is.EqualTo("10.90.0.32/27"));
        Assert.That((string)(await CarveAsync(block, 16)).Object["cidr"]!, Is.EqualTo("10.90.0.16/28"));
        Assert.That((await CarveAsync(block, 16)).ErrorCode, Is.EqualTo(5109));
        Assert.That((await CarveAsync(block, 16, "10.90.0.0")).ErrorCode, Is.EqualTo(5123));
        Assert.That((await CarveAsync(block, 16, "10.91.0.0")).ErrorCode, Is.EqualTo(5110));
        string one = $"/pools/ip-subnets/{first.Object["id"]}";
        var taken = await _manager.PostAsync(one + "?action=ALLOCATE", CatalogCase.Json("{}"));
        Assert.That(((string)taken.Object["allocation_id"]!, taken.Code), Is.EqualTo(("10.90.0.0", 200)));
        Assert.That((await _manager.DeleteAsync(one)).ErrorCode, Is.EqualTo(5015));
        Assert.That((await _manager.PostAsync(one + "?action=RELEASE", CatalogCase.Json("""{"allocation_id":"10.90.0.0"}"""))).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync(one)).Code, Is.EqualTo(200));
        Assert.That((string)(await CarveAsync(block, 16)).Object["cidr"]!, Is.EqualTo("10.90.0.0/28"));
        Assert.That((await _manager.DeleteAsync($"/pools/ip-blocks/{block}")).ErrorCode, Is.EqualTo(606));
    }

    [Test]
    public async Task The_cluster_is_this_manager()
    {
        string id = (string)(await _manager.GetAsync("/cluster")).Body!["nodes"]![0]!["node_uuid"]!;
        Assert.That((string)(await _manager.GetAsync($"/cluster/{id}")).Body!["status"]!, Is.EqualTo("JOINED"));
        Assert.That((await _manager.GetAsync("/cluster/nodes")).Results, Has.Count.EqualTo(1));
        Assert.That((string)(await _manager.GetAsync("/cluster-manager/status")).Body!["overall_status"]!, Is.EqualTo("STABLE"));
    }

    private Task<Answer> CarveAsync(string block, int size, string? start = null)
    {
        var body = new JsonObject { ["block_id"] = block, ["size"] = size };
        if (start is not null)
        {
            body["start_ip"] = start;
        }

        return _manager.PostAsync("/pools/ip-subnets", body);
    }
}
