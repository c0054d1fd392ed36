using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Manager.Tests.Publishing;

/// <summary>What controllers report is what the API answers; and what nobody reports, it does not make up.</summary>
internal sealed class RuntimeReportsTests
{
    private RunningManager _manager = null!;
    private FeedReader _feed = null!;
    private string _switch = "";
    private string _port = "";

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        _feed = new FeedReader(_manager);
        _switch = await _manager.CreateIdAsync("/logical-switches", new JsonObject
        {
            ["transport_zone_id"] = await _manager.OverlayZoneAsync(),
            ["admin_state"] = "UP",
            ["replication_mode"] = "MTEP",
        });
        _port = await _manager.CreateIdAsync("/logical-ports", new JsonObject
        {
            ["logical_switch_id"] = _switch,
            ["admin_state"] = "UP",
            ["attachment"] = new JsonObject { ["attachment_type"] = "VIF", ["id"] = "v1" },
        });
    }

    [TearDown]
    public async Task StopAsync()
    {
        _feed.Dispose();
        await _manager.DisposeAsync();
    }

    [Test]
    public async Task Without_reports_nothing_is_made_up()
    {
        Assert.That((string?)(await _manager.GetAsync($"/logical-ports/{_port}/status")).Object["status"], Is.EqualTo("UNKNOWN"));
        Assert.That((string?)(await _manager.GetAsync($"/logical-ports/{_port}/state")).Object["attachment"]!["state"], Is.EqualTo("FREE"));
        Assert.That((await _manager.GetAsync($"/logical-ports/{_port}/statistics")).Code, Is.EqualTo(400));
        Assert.That((await _manager.GetAsync($"/logical-switches/{_switch}/mac-table")).Code, Is.EqualTo(503));
        Assert.That((string?)(await _manager.GetAsync($"/logical-switches/{_switch}/state")).Object["state"], Is.EqualTo("pending"));
        Assert.That((await _manager.GetAsync("/logical-ports/absent/state")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task A_reported_port_answers_state_status_statistics_and_macs()
    {
        await ReportAsync();
        var state = (await _manager.GetAsync($"/logical-ports/{_port}/state")).Object;
        Assert.That((string?)state["attachment"]!["state"], Is.EqualTo("ATTACHED"));
        Assert.That((string?)state["attachment"]!["attachers"]![0]!["entity"], Is.EqualTo("vm-1"));
        Assert.That((string?)state["realized_bindings"]![0]!["binding"]!["ip_address"], Is.EqualTo("10.0.0.1"));
        Assert.That((string?)state["realized_bindings"]![0]!["source"], Is.EqualTo("ARP_SNOOPING"));
        Assert.That((string?)(await _manager.GetAsync($"/logical-ports/{_port}/status")).Object["status"], Is.EqualTo("UP"));

        var statistics = (await _manager.GetAsync($"/logical-ports/{_port}/statistics?source=realtime")).Object;
        Assert.That((long?)statistics["rx_packets"]!["total"], Is.EqualTo(7));
        Assert.That((long?)statistics["dropped_by_security_packets"]!["spoof_guard_dropped"]![0]!["counter"], Is.EqualTo(3));
        var macs = await _manager.GetAsync($"/logical-ports/{_port}/mac-table");
        Assert.That((string?)macs.Results[0]!["mac_address"], Is.EqualTo("02:00:00:00:00:01"));
    }

    [Test]
    public async Task A_host_that_lost_its_controller_makes_its_ports_unknown()
    {
        await ReportAsync();
        await _feed.ReportAsync(new RuntimeReport { NodeStatus = new FabricNodeStatus { NodeId = "n1", Connected = false } });
        Assert.That((string?)(await _manager.GetAsync($"/logical-ports/{_port}/status")).Object["status"], Is.EqualTo("UNKNOWN"));
    }

    [Test]
    public async Task Tables_come_as_pages_and_as_csv()
    {
        await ReportAsync();
        var teps = await _manager.GetAsync($"/logical-switches/{_switch}/vtep-table?page_size=1");
        Assert.That((int?)teps.Body!["result_count"], Is.EqualTo(2));
        Assert.That(teps.Results, Has.Count.EqualTo(1));
        var second = await _manager.GetAsync($"/logical-switches/{_switch}/vtep-table?page_size=1&cursor={teps.Body["cursor"]}");
        Assert.That((string?)second.Results[0]!["vtep_ip"], Is.EqualTo("192.168.7.2"));
        Assert.That(second.Body!["cursor"], Is.Null);

        using var response = await _manager.Client.GetAsync($"/api/v1/logical-switches/{_switch}/mac-table?format=csv");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("mac_address,vtep_ip,vtep_mac_address\n02:00:00:00:00:01,192.168.7.1,\n"));
        Assert.That((await _manager.GetAsync($"/logical-switches/{_switch}/mac-table?source=cached")).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task A_controllers_new_account_replaces_its_old_one_at_once()
    {
        await ReportAsync();
        await _feed.ReportAsync(
            new RuntimeReport { Begin = new RuntimeBegin() },
            new RuntimeReport { VifPresent = new VifPresent { VifId = "v9", NodeId = "n9", VmId = "vm-9" } },
            new RuntimeReport { End = new RuntimeEnd() });
        var vifs = await _manager.GetAsync("/fabric/vifs");
        Assert.That(vifs.Results.Select(vif => (string?)vif!["external_id"]), Is.EqualTo(new[] { "v9" }));
        Assert.That((string?)(await _manager.GetAsync("/fabric/virtual-machines")).Results.Single()!["external_id"], Is.EqualTo("vm-9"));
        Assert.That((string?)(await _manager.GetAsync($"/logical-ports/{_port}/status")).Object["status"], Is.EqualTo("UNKNOWN"));
    }

    [Test]
    public async Task Rules_count_what_all_hosts_counted()
    {
        await _feed.ReportAsync(
            new RuntimeReport { RuleStatistics = new RuleStatistics { NodeId = "n1", RuleId = 2, Packets = 5, Hits = 1 } },
            new RuntimeReport { RuleStatistics = new RuleStatistics { NodeId = "n2", RuleId = 2, Packets = 6, Hits = 2 } });
        var sections = (await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results;
        string section = (string)sections.Single(item => (bool)item!["is_default"]!)!["id"]!;
        var stats = (await _manager.GetAsync($"/firewall/sections/{section}/rules/2/stats")).Object;
        Assert.That(((long?)stats["packet_count"], (long?)stats["hit_count"]), Is.EqualTo((11L, 3L)));
    }

    [Test]
    public async Task A_write_is_pending_until_it_is_reported_and_a_refusal_names_its_node()
    {
        await ReportAsync();
        Assert.That((string?)(await _manager.GetAsync($"/logical-switches/{_switch}/state")).Object["state"], Is.EqualTo("success"));
        await _feed.ReportAsync(Realized(ConfigKind.LogicalSwitch, _switch, 0, ("n1", "success"), ("n2", "failed")));
        var state = (await _manager.GetAsync($"/logical-switches/{_switch}/state")).Object;
        Assert.That((string?)state["state"], Is.EqualTo("partial_success"));
        Assert.That((string?)state["details"]!.AsArray().Single()!["sub_system_id"], Is.EqualTo("n2"));

        var changed = (await _manager.GetAsync($"/logical-switches/{_switch}")).Object;
        changed["description"] = "again";
        await _manager.PutAsync($"/logical-switches/{_switch}", changed);
        Assert.That((string?)(await _manager.GetAsync($"/logical-switches/{_switch}/state")).Object["state"], Is.EqualTo("pending"));
    }

    private Task ReportAsync() => _feed.ReportAsync(
        new RuntimeReport { Begin = new RuntimeBegin() },
        new RuntimeReport { NodeStatus = new FabricNodeStatus { NodeId = "n1", Connected = true } },
        new RuntimeReport { VifPresent = new VifPresent { VifId = "v1", NodeId = "n1", VmId = "vm-1", Mac = Mac("02:00:00:00:00:01") } },
        new RuntimeReport
        {
            Port = new PortRuntime
            {
                PortId = _port,
                Attached = true,
                OperationalUp = true,
                NodeIds = { "n1" },
                Realized = { new PortBinding { Mac = Mac("02:00:00:00:00:01"), Ip = Ip("10.0.0.1"), Vlan = -1, Source = BindingSource.ArpSnooping } },
                Macs = { new MacEntry { Mac = Mac("02:00:00:00:00:01") } },
            },
        },
        new RuntimeReport
        {
            PortStatistics = new PortStatistics { PortId = _port, NodeId = "n1", RxPackets = 7, Drops = { ["spoof_guard_ipv4_drops"] = 3 } },
        },
        new RuntimeReport
        {
            SwitchTables = new SwitchTables
            {
                LogicalSwitchId = _switch,
                Teps =
                {
                    new SwitchTep { Ip = Ip("192.168.7.1"), Label = 1, NodeId = "n1", Segment = Ip("192.168.7.0") },
                    new SwitchTep { Ip = Ip("192.168.7.2"), Label = 2, NodeId = "n2", Segment = Ip("192.168.7.0") },
                },
                Macs = { new SwitchMac { Mac = Mac("02:00:00:00:00:01"), TepIp = Ip("192.168.7.1"), NodeId = "n1", PortId = _port } },
            },
        },
        Realized(ConfigKind.LogicalPort, _port, 0, ("n1", "success")),
        Realized(ConfigKind.LogicalSwitch, _switch, 0, ("n1", "success")),
        new RuntimeReport { End = new RuntimeEnd() });

    private static RuntimeReport Realized(ConfigKind kind, string id, long revision, params (string Node, string State)[] nodes)
    {
        var realization = new ObjectRealization { Key = new ConfigKey { Kind = kind, Id = id }, Revision = revision };
        realization.Nodes.AddRange(nodes.Select(node => new NodeRealization { NodeId = node.Node, State = node.State }));
        return new RuntimeReport { Realization = realization };
    }

    private static ByteString Ip(string text) => ByteString.CopyFrom(IpAddress.Parse(text).ToBytes());

    private static ByteString Mac(string text) => ByteString.CopyFrom(MacAddress.Parse(text).ToBytes());
}
