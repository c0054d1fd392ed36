using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests;

/// <summary>Pools, transport nodes, switches, ports and routers as they depend on each other.</summary>
internal sealed class NetworkTests
{
    private RunningManager _manager = null!;
    private string _zone = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        _zone = await _manager.OverlayZoneAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_pool_hands_out_its_lowest_address_and_rests_it_after_release()
    {
        string pool = await PoolAsync(delay: 120_000);
        Assert.That(await AllocateAsync(pool, null), Is.EqualTo("10.1.0.10"));
        Assert.That(await AllocateAsync(pool, "10.1.0.12"), Is.EqualTo("10.1.0.12"));
        Assert.That(await AllocateAsync(pool, null), Is.EqualTo("10.1.0.11"));
        Assert.That((await ActAsync(pool, "ALLOCATE", null)).ErrorCode, Is.EqualTo(5109));
        Assert.That((await ActAsync(pool, "ALLOCATE", "10.1.0.12")).ErrorCode, Is.EqualTo(5141));
        Assert.That((await ActAsync(pool, "ALLOCATE", "10.9.0.1")).ErrorCode, Is.EqualTo(5110));
        Assert.That((await ActAsync(pool, "RELEASE", "10.1.0.11")).Code, Is.EqualTo(200));
        Assert.That((await ActAsync(pool, "RELEASE", "10.1.0.11")).Code, Is.EqualTo(400));
        Assert.That((await ActAsync(pool, "ALLOCATE", "10.1.0.11")).ErrorCode, Is.EqualTo(5123));
        Assert.That((await ActAsync(pool, "ALLOCATE", null)).ErrorCode, Is.EqualTo(5109));
        Assert.That((await _manager.GetAsync($"/pools/ip-pools/{pool}/allocations")).Results.Select(item => (string)item!["allocation_id"]!), Is.EqualTo(new[] { "10.1.0.10", "10.1.0.12" }));
        _manager.Time.Advance(TimeSpan.FromSeconds(121));
        Assert.That(await AllocateAsync(pool, null), Is.EqualTo("10.1.0.11"));
        Assert.That((int)(await _manager.GetAsync($"/pools/ip-pools/{pool}")).Body!["pool_usage"]!["free_ids"]!, Is.Zero);
        Assert.That((await _manager.DeleteAsync($"/pools/ip-pools/{pool}")).ErrorCode, Is.EqualTo(5015));
    }

    [Test]
    public async Task A_pool_cannot_shrink_away_from_what_is_out()
    {
        string pool = await PoolAsync(delay: 0);
        await AllocateAsync(pool, "10.1.0.12");
        var body = (await _manager.GetAsync($"/pools/ip-pools/{pool}")).Object;
        body["subnets"]![0]!["allocation_ranges"]![0]!["end"] = "10.1.0.11";
        Assert.That((await _manager.PutAsync($"/pools/ip-pools/{pool}", body)).ErrorCode, Is.EqualTo(5016));
        await ActAsync(pool, "RELEASE", "10.1.0.12");
        Assert.That((await _manager.PutAsync($"/pools/ip-pools/{pool}", body)).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task A_transport_node_gets_an_address_and_a_label_and_gives_them_back()
    {
        string pool = await PoolAsync(delay: 0);
        var first = await NodeAsync(pool);
        var second = await NodeAsync(pool);
        var (a, b) = (Stored(first), Stored(second));
        Assert.That((a.Teps.Single().Ip, b.Teps.Single().Ip), Is.EqualTo(("10.1.0.10", "10.1.0.11")));
        Assert.That((a.Teps[0].Label, b.Teps[0].Label, a.NodeIndex, b.NodeIndex), Is.EqualTo((1, 2, 1, 2)));
        Assert.That(a.Teps[0].PrefixLength, Is.EqualTo(24));
        Assert.That(first.ContainsKey("teps"), Is.False);
        Assert.That((await _manager.GetAsync($"/pools/ip-pools/{pool}/allocations")).Results, Has.Count.EqualTo(2));

        first["display_name"] = "renamed";
        Assert.That((await _manager.PutAsync($"/transport-nodes/{first["id"]}", first)).Code, Is.EqualTo(200));
        Assert.That(Stored(first).Teps, Is.EqualTo(a.Teps));

        Assert.That((await _manager.DeleteAsync($"/pools/ip-pools/{pool}")).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/transport-zones/{_zone}")).ErrorCode, Is.EqualTo(606));
        Assert.That((await _manager.DeleteAsync($"/transport-nodes/{first["id"]}")).Code, Is.EqualTo(200));
        var third = Stored(await NodeAsync(pool));
        Assert.That((third.Teps[0].Ip, third.Teps[0].Label, third.NodeIndex), Is.EqualTo(("10.1.0.10", 3, 1)));
    }

    [Test]
    public async Task A_node_that_changes_pools_rests_its_old_address()
    {
        string old = await PoolAsync(delay: 120_000);
        string other = await PoolAsync(delay: 120_000, net: "10.2.0");
        var node = await NodeAsync(old);
        node["host_switch_spec"]!["host_switches"]![0]!["ip_assignment_spec"]!["ip_pool_id"] = other;
        Assert.That((await _manager.PutAsync($"/transport-nodes/{node["id"]}", node)).Code, Is.EqualTo(200));
        Assert.That(Stored(node).Teps.Single().Ip, Is.EqualTo("10.2.0.10"));
        Assert.That((await ActAsync(old, "ALLOCATE", "10.1.0.10")).ErrorCode, Is.EqualTo(5123));
        _manager.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.That(await AllocateAsync(old, "10.1.0.10"), Is.EqualTo("10.1.0.10"));
    }

    [Test]
    public async Task An_external_tep_states_its_address_and_what_it_speaks()
    {
        var body = CatalogCase.Json($$"""
            {"display_name":"linux","tags":[{"scope":"fabric/external-tep","tag":"vxlan"}],
             "host_switch_spec":{"resource_type":"StandardHostSwitchSpec","host_switches":[{"transport_zone_endpoints":[{"transport_zone_id":"{{_zone}}"}],
               "ip_assignment_spec":{"resource_type":"StaticIpListSpec","ip_list":["10.9.0.7"],"subnet_mask":"255.255.255.0","default_gateway":"10.9.0.1"} }] } }
            """);
        var node = await _manager.CreateAsync("/transport-nodes", body);
        Assert.That(Stored(node).Teps.Single(), Has.Property("Ip").EqualTo("10.9.0.7"));
        Assert.That((await _manager.PostAsync("/transport-nodes", body)).Message, Does.Contain("10.9.0.7"));
        body["tags"]![0]!["tag"] = "carrier pigeon";
        Assert.That((await _manager.PostAsync("/transport-nodes", body)).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task One_zone_of_a_transport_type_is_the_default()
    {
        string other = await _manager.CreateIdAsync("/transport-zones", CatalogCase.Json("""{"transport_type":"OVERLAY","is_default":true}"""));
        Assert.That(Ids(await _manager.GetAsync("/transport-zones?transport_type=OVERLAY&is_default=true")), Is.EqualTo(new[] { other }));
        Assert.That((await _manager.GetAsync("/transport-zones?is_default=true")).Results, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_switch_gets_a_VNI_of_the_pool_or_the_one_it_asks_for()
    {
        var made = await SwitchAsync();
        Assert.That((int)made["vni"]!, Is.EqualTo(65536));
        Assert.That((int)(await SwitchAsync(", \"vni\": 70000"))["vni"]!, Is.EqualTo(70000));
        Assert.That((int)(await SwitchAsync())["vni"]!, Is.EqualTo(65537));
        Assert.That((await RefusedSwitchAsync(", \"vni\": 70000")).ErrorCode, Is.EqualTo(8204));
        Assert.That((await RefusedSwitchAsync(", \"vni\": 9000")).ErrorCode, Is.EqualTo(8204));
        Assert.That((await RefusedSwitchAsync(", \"vlan\": 5")).Message, Does.Contain("vlan"));
        Assert.That((JsonArray)made["switching_profile_ids"]!, Has.Count.EqualTo(5));
        made["vni"] = 66666;
        Assert.That((await _manager.PutAsync($"/logical-switches/{made["id"]}", made)).Message, Does.Contain("vni"));
    }

    [Test]
    public async Task A_switch_with_ports_goes_with_cascade_and_with_detach_if_they_are_attached()
    {
        string id = (string)(await SwitchAsync())["id"]!;
        await _manager.CreateAsync("/logical-ports", CatalogCase.Json($$"""{"logical_switch_id":"{{id}}","admin_state":"UP","attachment":{"id":"vif-1"} }"""));
        Assert.That((await _manager.DeleteAsync($"/logical-switches/{id}")).ErrorCode, Is.EqualTo(606));
        Assert.That((await _manager.DeleteAsync($"/logical-switches/{id}?cascade=true")).ErrorCode, Is.EqualTo(8402));
        Assert.That((await _manager.DeleteAsync($"/logical-switches/{id}?cascade=true&detach=true")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/logical-ports")).Results, Is.Empty);
    }

    [Test]
    public async Task A_VIF_is_attached_once_and_found_by_its_id()
    {
        string id = (string)(await SwitchAsync())["id"]!;
        var parent = await _manager.CreateAsync("/logical-ports", CatalogCase.Json($$$"""
            {"logical_switch_id":"{{{id}}}","admin_state":"UP","attachment":{"attachment_type":"VIF","id":"node-1","context":{"resource_type":"VifAttachmentContext","vif_type":"PARENT"} } }
            """));
        string child = $$$"""
            {"logical_switch_id":"{{{id}}}","admin_state":"UP","address_bindings":[{"mac_address":"02:00:00:00:00:01","ip_address":"10.0.0.5"}],
             "attachment":{"attachment_type":"VIF","id":"pod-1","context":{"resource_type":"VifAttachmentContext","vif_type":"CHILD","parent_vif_id":"node-1","traffic_tag":7,"app_id":"pod"} } }
            """;
        var made = await _manager.CreateAsync("/logical-ports", CatalogCase.Json(child));
        Assert.That((string)made["attachment"]!["context"]!["resource_type"]!, Is.EqualTo("VifAttachmentContext"));
        Assert.That((await _manager.PostAsync("/logical-ports", CatalogCase.Json(child))).ErrorCode, Is.EqualTo(8308));
        Assert.That(Ids(await _manager.GetAsync("/logical-ports?attachment_id=pod-1")), Is.EqualTo(new[] { (string)made["id"]! }));
        Assert.That(Ids(await _manager.GetAsync("/logical-ports?parent_vif_id=node-1")), Is.EqualTo(new[] { (string)made["id"]! }));
        Assert.That(Ids(await _manager.GetAsync($"/logical-ports?logical_switch_id={id}")), Has.Length.EqualTo(2));
        Assert.That((await _manager.DeleteAsync($"/logical-ports/{parent["id"]}")).ErrorCode, Is.EqualTo(8402));
        Assert.That((await _manager.DeleteAsync($"/logical-ports/{parent["id"]}?detach=true")).Code, Is.EqualTo(200));
        Assert.That((await _manager.PostAsync("/logical-ports", CatalogCase.Json(child.Replace("\"traffic_tag\":7,", "", StringComparison.Ordinal)))).Message, Does.Contain("traffic_tag"));
    }

    [Test]
    public async Task A_downlink_takes_its_logical_port_and_frees_it()
    {
        string logical = (string)(await SwitchAsync())["id"]!;
        string port = await _manager.CreateIdAsync("/logical-ports", CatalogCase.Json($$"""{"logical_switch_id":"{{logical}}","admin_state":"UP"}"""));
        string router = await _manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER1"}"""));
        string body = $$"""
            {"resource_type":"LogicalRouterDownLinkPort","logical_router_id":"{{router}}","linked_logical_switch_port_id":{"target_type":"LogicalPort","target_id":"{{port}}"},
             "subnets":[{"ip_addresses":["10.5.0.1"],"prefix_length":24}]}
            """;
        var made = await _manager.CreateAsync("/logical-router-ports", CatalogCase.Json(body));
        Assert.That((string)made["mac_address"]!, Is.EqualTo("02:50:56:56:44:52"));
        var attached = (await _manager.GetAsync($"/logical-ports/{port}")).Body!["attachment"]!;
        Assert.That(((string)attached["attachment_type"]!, (string)attached["id"]!), Is.EqualTo(("LOGICALROUTER", (string)made["id"]!)));
        Assert.That((await _manager.PostAsync("/logical-router-ports", CatalogCase.Json(body))).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/logical-ports/{port}?detach=true")).ErrorCode, Is.EqualTo(606));
        Assert.That(Ids(await _manager.GetAsync($"/logical-router-ports?logical_switch_id={logical}")), Is.EqualTo(new[] { (string)made["id"]! }));
        Assert.That((await _manager.DeleteAsync($"/logical-routers/{router}")).ErrorCode, Is.EqualTo(606));
        Assert.That((await _manager.DeleteAsync($"/logical-router-ports/{made["id"]}")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"/logical-ports/{port}")).Object.ContainsKey("attachment"), Is.False);
        Assert.That((await _manager.DeleteAsync($"/logical-routers/{router}")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Overlapping_subnets_on_one_router_are_refused()
    {
        string router = await _manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER1"}"""));
        await _manager.CreateAsync("/logical-router-ports", Downlink(router, "10.5.0.1", 24));
        Assert.That((await _manager.PostAsync("/logical-router-ports", Downlink(router, "10.5.0.129", 25))).Code, Is.EqualTo(400));
        Assert.That((await _manager.PostAsync("/logical-router-ports", Downlink(router, "10.6.0.0", 24))).Message, Does.Contain("10.6.0.0/24"));
        Assert.That((await _manager.PostAsync("/logical-router-ports", Downlink(router, "10.6.0.1", 64))).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task Routers_are_linked_by_a_transit_subnet()
    {
        string upper = await _manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER0"}"""));
        string lower = await _manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER1"}"""));
        string above = await _manager.CreateIdAsync("/logical-router-ports", CatalogCase.Json($$"""{"resource_type":"LogicalRouterLinkPortOnTIER0","logical_router_id":"{{upper}}"}"""));
        var below = await _manager.CreateAsync("/logical-router-ports", CatalogCase.Json($$"""
            {"resource_type":"LogicalRouterLinkPortOnTIER1","logical_router_id":"{{lower}}","linked_logical_router_port_id":{"target_id":"{{above}}"} }
            """));
        Assert.That((string)below["subnets"]![0]!["ip_addresses"]![0]!, Is.EqualTo("100.64.0.1"));
        var other = (await _manager.GetAsync($"/logical-router-ports/{above}")).Object;
        Assert.That(((string)other["linked_logical_router_port_id"]!, (string)other["subnets"]![0]!["ip_addresses"]![0]!), Is.EqualTo(((string)below["id"]!, "100.64.0.0")));
        Assert.That((string)other["mac_address"]!, Does.StartWith("02:50:56:").And.Not.EqualTo((string)below["mac_address"]!));
        Assert.That((await _manager.DeleteAsync($"/logical-routers/{lower}?force=true")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"/logical-router-ports/{above}")).Object.ContainsKey("linked_logical_router_port_id"), Is.False);
    }

    [Test]
    public async Task Routing_is_born_and_dies_with_its_router()
    {
        string router = await _manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER1"}"""));
        string path = $"/logical-routers/{router}/routing";
        var advertisement = (await _manager.GetAsync($"{path}/advertisement")).Object;
        Assert.That((bool)advertisement["enabled"]!, Is.False);
        advertisement["enabled"] = true;
        Assert.That((await _manager.PutAsync($"{path}/advertisement", advertisement)).Code, Is.EqualTo(200));
        Assert.That((await _manager.PutAsync($"{path}/advertisement", advertisement)).Code, Is.EqualTo(412));
        var route = await _manager.PostAsync($"{path}/static-routes", CatalogCase.Json("""{"network":"0.0.0.0/0","next_hops":[{"ip_address":"10.5.0.254"}]}"""));
        Assert.That((route.Code, (int)route.Body!["next_hops"]![0]!["administrative_distance"]!), Is.EqualTo((200, 1)));
        Assert.That((await _manager.PostAsync($"{path}/static-routes", CatalogCase.Json("""{"network":"10.0.0.1/8","next_hops":[{"ip_address":"10.5.0.254"}]}"""))).Code, Is.EqualTo(400));
        Assert.That((await _manager.GetAsync($"{path}/static-routes")).Results, Has.Count.EqualTo(1));
        Assert.That((await _manager.GetAsync("/logical-routers/other/routing/static-routes")).Code, Is.EqualTo(404));
        Assert.That((await _manager.DeleteAsync($"/logical-routers/{router}")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"{path}/advertisement")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Groups_take_and_give_members_and_never_contain_themselves()
    {
        string inner = await _manager.CreateIdAsync("/ns-groups", []);
        string outer = await _manager.CreateIdAsync("/ns-groups", []);
        var member = CatalogCase.Json($$"""{"members":[{"resource_type":"NSGroupSimpleExpression","op":"EQUALS","target_type":"NSGroup","target_property":"id","value":"{{inner}}"}]}""");
        var added = await _manager.PostAsync($"/ns-groups/{outer}?action=ADD_MEMBERS", member);
        Assert.That((added.Code, (int)added.Body!["member_count"]!), Is.EqualTo((200, 1)), $"{added.Body}");
        Assert.That((int)(await _manager.PostAsync($"/ns-groups/{outer}?action=ADD_MEMBERS", member)).Body!["member_count"]!, Is.EqualTo(1));
        member["members"]![0]!["value"] = outer;
        Assert.That((await _manager.PostAsync($"/ns-groups/{inner}?action=ADD_MEMBERS", member)).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/ns-groups/{inner}")).ErrorCode, Is.EqualTo(606));
        member["members"]![0]!["value"] = inner;
        Assert.That((int)(await _manager.PostAsync($"/ns-groups/{outer}?action=REMOVE_MEMBERS", member)).Body!["member_count"]!, Is.Zero);
        Assert.That((await _manager.PostAsync($"/ns-groups/{outer}?action=EXPLODE", member)).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task A_profile_in_use_goes_only_when_unbound_and_defaults_never()
    {
        string profile = await _manager.CreateIdAsync("/switching-profiles", CatalogCase.Json("""{"resource_type":"SpoofGuardSwitchingProfile","white_list_providers":["LPORT_BINDINGS"]}"""));
        var made = await SwitchAsync($", \"switching_profile_ids\": [{{\"key\":\"SpoofGuardSwitchingProfile\",\"value\":\"{profile}\"}}]");
        Assert.That((await RefusedSwitchAsync($", \"switching_profile_ids\": [{{\"key\":\"QosSwitchingProfile\",\"value\":\"{profile}\"}}]")).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/switching-profiles/{profile}")).ErrorCode, Is.EqualTo(606));
        Assert.That((await _manager.DeleteAsync($"/switching-profiles/{profile}?unbind=true")).Code, Is.EqualTo(200));
        Assert.That((JsonArray)(await _manager.GetAsync($"/logical-switches/{made["id"]}")).Body!["switching_profile_ids"]!, Has.Count.EqualTo(5));
        Assert.That((await _manager.GetAsync("/switching-profiles")).Results, Is.Empty);
        var defaults = (await _manager.GetAsync("/switching-profiles?include_system_owned=true")).Results;
        Assert.That(defaults, Has.Count.EqualTo(5));
        Assert.That((await _manager.DeleteAsync($"/switching-profiles/{defaults[0]!["id"]}")).ErrorCode, Is.EqualTo(289));
    }

    private static string[] Ids(Answer answer) => [.. answer.Results.Select(item => (string)item!["id"]!)];

    private static JsonObject Downlink(string router, string ip, int length)
        => CatalogCase.Json($$"""{"resource_type":"LogicalRouterDownLinkPort","logical_router_id":"{{router}}","subnets":[{"ip_addresses":["{{ip}}"],"prefix_length":{{length}} }]}""");

    private TransportNode Stored(JsonObject node)
        => _manager.Services.GetRequiredService<ResourceStore>().Current.Find<TransportNode>((string)node["id"]!)!;

    private Task<string> PoolAsync(long delay, string net = "10.1.0")
        => _manager.CreateIdAsync("/pools/ip-pools", CatalogCase.Json($$"""
            {"ip_release_delay":{{delay}},"subnets":[{"cidr":"{{net}}.0/24","gateway_ip":"{{net}}.1","allocation_ranges":[{"start":"{{net}}.10","end":"{{net}}.12"}]}]}
            """));

    private Task<JsonObject> NodeAsync(string pool)
        => _manager.CreateAsync("/transport-nodes", CatalogCase.Json($$"""
            {"host_switch_spec":{"resource_type":"StandardHostSwitchSpec","host_switches":[{"transport_zone_endpoints":[{"transport_zone_id":"{{_zone}}"}],
               "ip_assignment_spec":{"resource_type":"StaticIpPoolSpec","ip_pool_id":"{{pool}}"} }] } }
            """));

    private Task<JsonObject> SwitchAsync(string more = "") => _manager.CreateAsync("/logical-switches", SwitchBody(more));

    private Task<Answer> RefusedSwitchAsync(string more) => _manager.PostAsync("/logical-switches", SwitchBody(more));

    private JsonObject SwitchBody(string more)
        => CatalogCase.Json("{\"transport_zone_id\":\"" + _zone + "\",\"admin_state\":\"UP\",\"replication_mode\":\"MTEP\"" + more + "}");

    private async Task<string> AllocateAsync(string pool, string? ip)
    {
        var answer = await ActAsync(pool, "ALLOCATE", ip);
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        return (string)answer.Body!["allocation_id"]!;
    }

    private Task<Answer> ActAsync(string pool, string action, string? ip)
        => _manager.PostAsync($"/pools/ip-pools/{pool}?action={action}", new JsonObject { ["allocation_id"] = ip });
}
