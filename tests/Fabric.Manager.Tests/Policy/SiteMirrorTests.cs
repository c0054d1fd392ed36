namespace Fabric.Manager.Tests.Policy;

/// <summary>What both APIs serve: each shows at once what was done through the other.</summary>
internal sealed class SiteMirrorTests : PolicyFixture
{
    private const string Point = "/infra/sites/default/enforcement-points/default";

    [Test]
    public async Task Zones_of_either_api_are_zones_of_both()
    {
        string seeded = await Running.OverlayZoneAsync();
        Assert.That((string?)(await ReadAsync($"{Point}/transport-zones/{seeded}"))["nsx_id"], Is.EqualTo(seeded));
        string made = await Running.CreateIdAsync("/transport-zones", Body("""{"display_name":"made there","transport_type":"VLAN"}"""));
        var shown = await ReadAsync($"{Point}/transport-zones/{made}");
        Assert.That(((string?)shown["tz_type"], (string?)shown["display_name"]), Is.EqualTo(("VLAN_BACKED", "made there")));

        await PatchAsync($"{Point}/transport-zones/mine", """{"tz_type":"OVERLAY_BACKED","display_name":"made here"}""");
        var zone = (await Running.GetAsync("/transport-zones/mine")).Object;
        Assert.That(((string?)zone["transport_type"], (string?)zone["display_name"]), Is.EqualTo(("OVERLAY", "made here")));
        zone["display_name"] = "renamed there";
        Assert.That((await Running.PutAsync("/transport-zones/mine", zone)).Code, Is.EqualTo(200));
        Assert.That((string?)(await ReadAsync($"{Point}/transport-zones/mine"))["display_name"], Is.EqualTo("renamed there"));
        Assert.That((string?)(await ReadAsync($"{Point}/transport-zones/mine"))["tz_type"], Is.EqualTo("OVERLAY_BACKED"));

        await PatchAsync("/infra/segments/s", $$"""{"transport_zone_path":"{{Point}}/transport-zones/mine"}""");
        Assert.That((await Running.DeleteAsync("/transport-zones/mine")).Code, Is.EqualTo(400));
        Assert.That((await Running.DeleteAsync($"{Point}/transport-zones/mine")).ErrorCode, Is.EqualTo(500030));
        await DeletesAsync("/infra/segments/s");
        await Running.RealizedAsync();
        await DeletesAsync($"{Point}/transport-zones/mine");
        Assert.That((await Running.GetAsync("/transport-zones/mine")).Code, Is.EqualTo(404));
        await DeletesAsync($"/transport-zones/{made}");
        Assert.That((await Running.GetAsync($"{Point}/transport-zones/{made}")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task One_zone_of_a_kind_is_the_default_in_both()
    {
        string before = await Running.OverlayZoneAsync();
        await PatchAsync($"{Point}/transport-zones/new", """{"tz_type":"OVERLAY_BACKED","is_default":true}""");
        Assert.That((bool)(await Running.GetAsync($"/transport-zones/{before}")).Object["is_default"]!, Is.False);
        Assert.That((bool)(await ReadAsync($"{Point}/transport-zones/{before}"))["is_default"]!, Is.False);
        await PatchAsync("/infra/segments/s");
        Assert.That((string?)(await ReadAsync("/infra/segments/s"))["transport_zone_path"], Is.EqualTo($"{Point}/transport-zones/new"));
    }

    [Test]
    public async Task Hosts_of_either_api_are_hosts_of_both_and_get_their_teps_once()
    {
        string pool = await Running.CreateIdAsync("/pools/ip-pools", Body("""{"ip_release_delay":0,"subnets":[{"cidr":"192.168.0.0/24","allocation_ranges":[{"start":"192.168.0.1","end":"192.168.0.1"}]}]}"""));
        string zone = await Running.OverlayZoneAsync();
        string spec = $$$"""{"resource_type":"StandardHostSwitchSpec","host_switches":[{"host_switch_name":"nvds","ip_assignment_spec":{"resource_type":"StaticIpPoolSpec","ip_pool_id":"{{{pool}}}"},"transport_zone_endpoints":[{"transport_zone_id":"{{{zone}}}"}]}]}""";
        string host = $$$"""{"host_switch_spec":{{{spec}}},"node_deployment_info":{"os_type":"UBUNTUSERVER","ip_addresses":["10.0.0.5"]}}""";
        await PatchAsync($"{Point}/host-transport-nodes/h1", host);
        var node = (await Running.GetAsync("/transport-nodes/h1")).Object;
        Assert.That(((string?)node["node_deployment_info"]!["resource_type"], (string?)node["node_id"]), Is.EqualTo(("HostNode", "h1")));
        await PatchAsync($"{Point}/host-transport-nodes/h1", host);
        Assert.That((long)(await ReadAsync($"{Point}/host-transport-nodes/h1"))["_revision"]!, Is.Zero, "written again, unchanged");
        await RefusesAsync($"{Point}/host-transport-nodes/h2", host, 5109, pool);
        Assert.That((await Running.DeleteAsync($"/transport-zones/{zone}")).Code, Is.EqualTo(400));
        await DeletesAsync($"{Point}/host-transport-nodes/h1");
        Assert.That((await Running.GetAsync("/transport-nodes/h1")).Code, Is.EqualTo(404));

        var made = Body($$$"""{"id":"h3","display_name":"host three","host_switch_spec":{{{spec}}},"node_deployment_info":{"resource_type":"HostNode","os_type":"UBUNTUSERVER","ip_addresses":["10.0.0.6"]}}""");
        await Running.CreateAsync("/transport-nodes", made);
        Assert.That((await Running.GetAsync($"{Point}/host-transport-nodes")).Results.Select(one => (string)one!["display_name"]!), Is.EqualTo(new[] { "host three" }));
        await DeletesAsync("/transport-nodes/h3");
        Assert.That((await Running.GetAsync($"{Point}/host-transport-nodes")).Results, Is.Empty);
    }

    [Test]
    public async Task Profiles_of_host_switches_are_shown_under_both_names()
    {
        const string uplink = """{"resource_type":"PolicyUplinkHostSwitchProfile","mtu":1700,"teaming":{"policy":"FAILOVER_ORDER","active_list":[{"uplink_name":"u1","uplink_type":"PNIC"}]}}""";
        await PatchAsync("/infra/host-switch-profiles/u", uplink);
        var profile = (await Running.GetAsync("/host-switch-profiles/u")).Object;
        Assert.That(((string?)profile["resource_type"], (int)profile["mtu"]!), Is.EqualTo(("UplinkHostSwitchProfile", 1700)));
        profile["transport_vlan"] = 12;
        Assert.That((await Running.PutAsync("/host-switch-profiles/u", profile)).Code, Is.EqualTo(200));
        var shown = await ReadAsync("/infra/host-switch-profiles/u");
        Assert.That(((string?)shown["resource_type"], (int)shown["transport_vlan"]!), Is.EqualTo(("PolicyUplinkHostSwitchProfile", 12)));
        Assert.That((await Running.GetAsync("/infra/host-switch-profiles")).Results.Select(one => (string)one!["id"]!), Is.EqualTo(new[] { "u" }));
        Assert.That((await Running.GetAsync("/infra/host-switch-profiles?include_system_owned=true")).Results, Has.Count.GreaterThan(3));
        await DeletesAsync("/host-switch-profiles/u");
        Assert.That((await Running.GetAsync("/infra/host-switch-profiles/u")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Edge_clusters_and_their_members_are_shown_in_policy_and_stay_while_gateways_name_them()
    {
        const string edge = """{"resource_type":"EdgeNode","ip_addresses":["10.0.0.9"],"node_settings":{"hostname":"edge.lab"}}""";
        string node = await Running.CreateIdAsync("/transport-nodes", Body($$"""{"display_name":"edge one","node_deployment_info":{{edge}}}"""));
        string cluster = await Running.CreateIdAsync("/edge-clusters", Body($$$"""{"display_name":"edges","members":[{"transport_node_id":"{{{node}}}"}]}"""));
        var shown = (await Running.GetAsync($"{Point}/edge-clusters")).Results.Single(one => (string?)one!["id"] == cluster)!;
        Assert.That(((string?)shown["display_name"], (string?)shown["member_node_type"]), Is.EqualTo(("edges", "EDGE_NODE")));
        var member = (await Running.GetAsync($"{Point}/edge-clusters/{cluster}/edge-nodes")).Results.Single()!;
        Assert.That(((string?)member["display_name"], (string?)member["nsx_id"], (int)member["member_index"]!), Is.EqualTo(("edge one", node, 0)));
        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/tier-1s/t1/locale-services/default", $$"""{"edge_cluster_path":"{{Point}}/edge-clusters/{{cluster}}","preferred_edge_paths":["{{Point}}/edge-clusters/{{cluster}}/edge-nodes/{{node}}"]}""");
        Assert.That((await Running.DeleteAsync($"/edge-clusters/{cluster}")).Code, Is.EqualTo(400));
        Assert.That((await Running.DeleteAsync($"{Point}/edge-clusters/{cluster}")).Code, Is.Not.EqualTo(200));
        await DeletesAsync("/infra/tier-1s/t1/locale-services/default");
        await Running.RealizedAsync();
        await DeletesAsync($"/edge-clusters/{cluster}");
        Assert.That((await Running.GetAsync($"{Point}/edge-clusters/{cluster}")).Code, Is.EqualTo(404));
    }
}
