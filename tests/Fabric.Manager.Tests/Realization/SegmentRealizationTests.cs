using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Tests.Publishing;
using Google.Protobuf;

namespace Fabric.Manager.Tests.Realization;

/// <summary>Segments and their ports as switches and ports, with profiles, addresses and what hosts say of them.</summary>
internal sealed class SegmentRealizationTests
{
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        await RealizationTests.PatchAsync(_manager, "/infra/tier-1s/t1", []);
    }

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_connected_segment_has_its_gateway_on_the_router_and_moves_with_its_connection()
    {
        await RealizationTests.PatchAsync(_manager, "/infra/tier-1s/t2", []);
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", RealizationTests.Connected("10.1.1.1/24"));

        var downlink = await DownlinkAsync("/infra/tier-1s/t1");
        Assert.That(downlink["subnets"]!.ToJsonString(), Is.EqualTo("""[{"ip_addresses":["10.1.1.1"],"prefix_length":24}]"""));
        Assert.That((string)downlink["linked_logical_switch_port_id"]!["target_type"]!, Is.EqualTo("LogicalPort"));

        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", new JsonObject { ["connectivity_path"] = "/infra/tier-1s/t2" });
        Assert.That(await PortsAsync("/infra/tier-1s/t1"), Is.Empty);
        Assert.That((await DownlinkAsync("/infra/tier-1s/t2"))["subnets"]!.ToJsonString(), Does.Contain("10.1.1.1"));

        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", new JsonObject { ["advanced_config"] = new JsonObject { ["connectivity"] = "OFF" } });
        Assert.That(await PortsAsync("/infra/tier-1s/t2"), Is.Empty);
        Assert.That((await RealizationTests.EntitiesAsync(_manager, "/infra/segments/web")).Select(entity => (string)entity["entity_type"]!), Is.EqualTo(new[] { "RealizedLogicalSwitch" }));
    }

    [Test]
    public async Task A_vlan_segment_becomes_a_vlan_switch_or_a_trunk()
    {
        string zone = (string)(await _manager.GetAsync("/transport-zones?transport_type=VLAN")).Results[0]!["id"]!;
        string path = $"/infra/sites/default/enforcement-points/default/transport-zones/{zone}";
        await RealizationTests.PatchAsync(_manager, "/infra/segments/one", new JsonObject { ["transport_zone_path"] = path, ["vlan_ids"] = new JsonArray("12") });
        await RealizationTests.PatchAsync(_manager, "/infra/segments/many", new JsonObject { ["transport_zone_path"] = path, ["vlan_ids"] = new JsonArray("12", "20-30") });

        Assert.That((int)(await SwitchAsync("/infra/segments/one"))["vlan"]!, Is.EqualTo(12));
        Assert.That((await SwitchAsync("/infra/segments/many"))["vlan_trunk_spec"]!["vlan_ranges"]!.ToJsonString(), Is.EqualTo("""[{"start":12,"end":12},{"start":20,"end":30}]"""));
    }

    [Test]
    public async Task A_binding_map_puts_a_profile_on_the_switch_and_takes_it_off_again()
    {
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", []);
        var before = await SwitchAsync("/infra/segments/web");
        await RealizationTests.PatchAsync(_manager, "/infra/spoofguard-profiles/strict", new JsonObject { ["address_binding_allowlist"] = true });
        await RealizationTests.PatchAsync(
            _manager, "/infra/segments/web/segment-security-profile-binding-maps/map", new JsonObject { ["spoofguard_profile_path"] = "/infra/spoofguard-profiles/strict" });

        string profile = (string)(await RealizationTests.EntitiesAsync(_manager, "/infra/spoofguard-profiles/strict"))[0]["realization_specific_identifier"]!;
        Assert.That((await _manager.GetAsync($"/switching-profiles/{profile}")).Body!["white_list_providers"]!.ToJsonString(), Is.EqualTo("""["LPORT_BINDINGS"]"""));
        Assert.That((await SwitchAsync("/infra/segments/web"))["switching_profile_ids"]!.ToJsonString(), Does.Contain(profile));

        await _manager.DeleteAsync("/infra/segments/web/segment-security-profile-binding-maps/map");
        await _manager.RealizedAsync();
        Assert.That((await SwitchAsync("/infra/segments/web"))["switching_profile_ids"]!.ToJsonString(), Is.EqualTo(before["switching_profile_ids"]!.ToJsonString()));
    }

    [Test]
    public async Task A_container_port_gets_the_address_it_asks_for_from_the_segments_pool()
    {
        await RealizationTests.PatchAsync(_manager, "/infra/ip-blocks/pods", new JsonObject { ["cidr"] = "10.1.0.0/16" });
        await RealizationTests.PatchAsync(_manager, "/infra/ip-pools/pool", []);
        await RealizationTests.PatchAsync(_manager, "/infra/ip-pools/pool/ip-subnets/subnet", new JsonObject
        {
            ["resource_type"] = "IpAddressPoolBlockSubnet",
            ["ip_block_path"] = "/infra/ip-blocks/pods",
            ["size"] = 256,
        });
        var carved = (await RealizationTests.EntitiesAsync(_manager, "/infra/ip-pools/pool/ip-subnets/subnet")).Single();
        Assert.That((string)carved["entity_type"]!, Is.EqualTo("IpBlockSubnet"));
        Assert.That(carved["extended_attributes"]![0]!.ToJsonString(), Does.Contain("\"key\":\"cidr\"").And.Contains("10.1.0.0/24"));

        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", new JsonObject { ["advanced_config"] = new JsonObject { ["address_pool_paths"] = new JsonArray("/infra/ip-pools/pool") } });
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web/ports/node", Attached("vif-node", "PARENT"));
        var child = Attached("vif-pod", "CHILD");
        child["attachment"]!["context_id"] = "vif-node";
        child["attachment"]!["traffic_tag"] = 4;
        child["attachment"]!["app_id"] = "nsx.shop.web";
        child["attachment"]!["allocate_addresses"] = "BOTH";
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web/ports/pod", child);

        var state = (await _manager.GetAsync("/infra/segments/web/ports/pod/state")).Object;
        Assert.That((string)state["realized_bindings"]![0]!["binding"]!["ip_address"]!, Is.EqualTo("10.1.0.2"));
        Assert.That((string)state["realized_bindings"]![0]!["binding"]!["mac_address"]!, Does.StartWith("02:50:56:"));
        string id = (string)(await RealizationTests.EntitiesAsync(_manager, "/infra/segments/web/ports/pod"))[0]["realization_specific_identifier"]!;
        var context = (await _manager.GetAsync($"/logical-ports/{id}")).Body!["attachment"]!["context"]!;
        Assert.That(((string)context["vif_type"]!, (string)context["parent_vif_id"]!, (int)context["traffic_tag"]!, (string)context["app_id"]!), Is.EqualTo(("CHILD", "vif-node", 4, "nsx.shop.web")));

        await RealizationTests.PatchAsync(_manager, "/infra/ip-pools/pool/ip-allocations/one", []);
        var allocation = (await RealizationTests.EntitiesAsync(_manager, "/infra/ip-pools/pool/ip-allocations/one")).Single();
        Assert.That((string)allocation["entity_type"]!, Is.EqualTo("AllocationIpAddress"));
        Assert.That((string)allocation["extended_attributes"]![0]!["values"]![0]!, Is.Not.EqualTo("10.1.0.2"), "the port has that one");
    }

    [Test]
    public async Task State_status_and_tables_are_what_hosts_report_and_empty_until_they_do()
    {
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web", []);
        await RealizationTests.PatchAsync(_manager, "/infra/segments/web/ports/p1", Attached("vif-1", null));
        Assert.That((string)(await _manager.GetAsync("/infra/segments/web/state")).Body!["state"]!, Is.EqualTo("pending"));
        Assert.That((await _manager.GetAsync("/infra/segments/web/mac-table")).Results, Is.Empty);
        Assert.That((string)(await _manager.GetAsync("/infra/segments/web/ports/p1/status")).Body!["status"]!, Is.EqualTo("UNKNOWN"));
        Assert.That((long)(await _manager.GetAsync("/infra/segments/web/statistics")).Body!["rx_packets"]!["total"]!, Is.Zero);
        Assert.That((await _manager.GetAsync("/infra/realized-state/virtual-machines")).Results, Is.Empty);

        string id = (string)(await RealizationTests.EntitiesAsync(_manager, "/infra/segments/web"))[0]["realization_specific_identifier"]!;
        using var feed = new FeedReader(_manager);
        await feed.ReportAsync(
            new RuntimeReport { NodeStatus = new FabricNodeStatus { NodeId = "n1", Connected = true } },
            new RuntimeReport { VifPresent = new VifPresent { VifId = "vif-1", NodeId = "n1", VmId = "vm-1", VmName = "web", Mac = ByteString.CopyFrom(2, 0, 0, 0, 0, 1), Device = "eth0" } },
            new RuntimeReport { Realization = Realized(ConfigKind.LogicalSwitch, id, "success", "") });
        Assert.That((string)(await _manager.GetAsync("/infra/segments/web/state")).Body!["state"]!, Is.EqualTo("success"));
        var tags = new JsonObject { ["virtual_machine_id"] = "vm-1", ["tags"] = new JsonArray(new JsonObject { ["scope"] = "app", ["tag"] = "web" }) };
        Assert.That((await _manager.PostAsync("/infra/realized-state/virtual-machines/vm-1/tags", tags)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/infra/realized-state/enforcement-points/default/virtual-machines")).Results[0]!["tags"]!.ToJsonString(), Does.Contain("app"));
        Assert.That((await _manager.GetAsync("/fabric/virtual-machines")).Results[0]!["tags"]!.ToJsonString(), Does.Contain("app"));

        await feed.ReportAsync(new RuntimeReport { Realization = Realized(ConfigKind.LogicalSwitch, id, "failed", "no room") });
        var entity = (await RealizationTests.EntitiesAsync(_manager, "/infra/segments/web"))[0];
        Assert.That(((string)entity["state"]!, (string)entity["runtime_status"]!, (string)entity["runtime_error"]!), Is.EqualTo(("ERROR", "ERROR", "no room")));
    }

    private static ObjectRealization Realized(ConfigKind kind, string id, string state, string failure)
    {
        var realization = new ObjectRealization { Key = new ConfigKey { Kind = kind, Id = id }, Revision = 0 };
        realization.Nodes.Add(new NodeRealization { NodeId = "n1", State = state, Failure = failure });
        return realization;
    }

    private static JsonObject Attached(string vif, string? type)
    {
        var attachment = new JsonObject { ["id"] = vif };
        if (type is not null)
        {
            attachment["type"] = type;
        }

        return new JsonObject { ["attachment"] = attachment };
    }

    private async Task<JsonArray> PortsAsync(string gateway)
    {
        string router = (string)(await RealizationTests.EntitiesAsync(_manager, gateway))[0]["realization_specific_identifier"]!;
        return (await _manager.GetAsync($"/logical-router-ports?logical_router_id={router}")).Results;
    }

    private async Task<JsonObject> DownlinkAsync(string gateway) => (JsonObject)(await PortsAsync(gateway)).Single()!;

    private async Task<JsonObject> SwitchAsync(string segment)
        => (await _manager.GetAsync($"/logical-switches/{(await RealizationTests.EntitiesAsync(_manager, segment))[0]["realization_specific_identifier"]}")).Object;
}
