using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Case = Fabric.Contracts.V1.ConfigEvent.EventOneofCase;
using Kind = Fabric.Contracts.V1.ConfigObject.ObjectOneofCase;

namespace Fabric.Manager.Tests.Publishing;

internal sealed class ConfigFeedTests
{
    private RunningManager _manager = null!;
    private FeedReader _feed = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        _feed = new FeedReader(_manager);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _feed.Dispose();
        await _manager.DisposeAsync();
    }

    [Test]
    public async Task A_watcher_gets_a_snapshot_and_then_each_write()
    {
        string zone = await _manager.OverlayZoneAsync();
        string existing = await SwitchAsync(zone, "before");
        _feed.Watch();
        var snapshot = await _feed.TransactionAsync();
        Assert.That(snapshot[0].EventCase, Is.EqualTo(Case.SnapshotBegin));
        Assert.That(snapshot[^1].EventCase, Is.EqualTo(Case.Synced));
        Assert.That(snapshot.Single(item => item.Upsert?.Id == existing).Upsert.LogicalSwitch.Vni, Is.GreaterThan(0));
        Assert.That(snapshot.Where(item => item.Upsert is not null).Select(item => item.Upsert.ObjectCase),
            Is.SupersetOf(new[] { Kind.TransportZone, Kind.SwitchingProfile, Kind.FirewallSection, Kind.Service }));

        string created = await SwitchAsync(zone, "after");
        var written = (await _feed.TransactionAsync()).Single(item => item.Upsert?.Id == created);
        Assert.That(written.Sequence, Is.GreaterThan(snapshot[^1].Sequence));
        await _manager.DeleteAsync($"/logical-switches/{created}");
        Assert.That((await _feed.TransactionAsync()).Single().Delete, Is.EqualTo(new ConfigKey { Kind = ConfigKind.LogicalSwitch, Id = created }));
    }

    [Test]
    public async Task A_watcher_that_resumes_gets_what_has_changed_since_and_no_snapshot()
    {
        string zone = await _manager.OverlayZoneAsync();
        string kept = await SwitchAsync(zone, "kept");
        string removed = await SwitchAsync(zone, "removed");
        _feed.Watch();
        var last = (await _feed.TransactionAsync())[^1];

        await _manager.DeleteAsync($"/logical-switches/{removed}");
        string added = await SwitchAsync(zone, "added");
        _feed.Watch(last.Epoch, last.Sequence);
        var changes = await _feed.TransactionAsync();
        Assert.That(changes.Select(item => item.Upsert?.Id ?? item.Delete.Id), Is.EquivalentTo(new[] { removed, added }));
        Assert.That((await _feed.NextAsync()).EventCase, Is.EqualTo(Case.Synced));

        _feed.Watch("another database", last.Sequence);
        var snapshot = await _feed.TransactionAsync();
        Assert.That(snapshot[0].EventCase, Is.EqualTo(Case.SnapshotBegin));
        Assert.That(snapshot.Select(item => item.Upsert?.Id), Does.Contain(kept));
    }

    [Test]
    public async Task A_node_is_published_with_its_tep_and_again_when_its_profile_changes()
    {
        string zone = await _manager.OverlayZoneAsync();
        var profile = await _manager.CreateAsync("/host-switch-profiles", new JsonObject
        {
            ["resource_type"] = "UplinkHostSwitchProfile",
            ["display_name"] = "uplink",
            ["mtu"] = 1600,
            ["teaming"] = Teaming(),
        });
        string node = await NodeAsync(zone, (string)profile["id"]!);
        _feed.Watch();
        var first = (await _feed.TransactionAsync()).Single(item => item.Upsert?.Id == node).Upsert.TransportNode;
        Assert.That((first.Mtu, first.Encapsulation, first.NodeIndex > 0), Is.EqualTo((1600u, Encapsulation.Geneve, true)));
        Assert.That(first.Teps.Single().Label, Is.GreaterThan(0));
        Assert.That(first.Teps.Single().Ip.ToByteArray(), Is.EqualTo(new byte[] { 192, 168, 7, 1 }));
        Assert.That(first.TransportZoneIds, Is.EqualTo(new[] { zone }));

        profile["mtu"] = 1800;
        profile["overlay_encap"] = "VXLAN";
        Assert.That((await _manager.PutAsync($"/host-switch-profiles/{profile["id"]}", profile)).Code, Is.EqualTo(200));
        var again = (await _feed.TransactionAsync()).Single().Upsert.TransportNode;
        Assert.That((again.Mtu, again.Encapsulation), Is.EqualTo((1800u, Encapsulation.Vxlan)));
    }

    private static JsonObject Teaming() => new()
    {
        ["policy"] = "FAILOVER_ORDER",
        ["active_list"] = new JsonArray(new JsonObject { ["uplink_name"] = "uplink-1", ["uplink_type"] = "PNIC" }),
    };

    private Task<string> SwitchAsync(string zone, string name) => _manager.CreateIdAsync("/logical-switches", new JsonObject
    {
        ["display_name"] = name,
        ["transport_zone_id"] = zone,
        ["admin_state"] = "UP",
        ["replication_mode"] = "MTEP",
    });

    private Task<string> NodeAsync(string zone, string profile) => _manager.CreateIdAsync("/transport-nodes", new JsonObject
    {
        ["display_name"] = "n1",
        ["node_deployment_info"] = new JsonObject { ["resource_type"] = "HostNode", ["os_type"] = "UBUNTUSERVER", ["ip_addresses"] = new JsonArray("10.1.1.1") },
        ["host_switch_spec"] = new JsonObject
        {
            ["resource_type"] = "StandardHostSwitchSpec",
            ["host_switches"] = new JsonArray(new JsonObject
            {
                ["host_switch_profile_ids"] = new JsonArray(new JsonObject { ["key"] = "UplinkHostSwitchProfile", ["value"] = profile }),
                ["pnics"] = new JsonArray(new JsonObject { ["device_name"] = "eth0", ["uplink_name"] = "uplink-1" }),
                ["transport_zone_endpoints"] = new JsonArray(new JsonObject { ["transport_zone_id"] = zone }),
                ["ip_assignment_spec"] = new JsonObject
                {
                    ["resource_type"] = "StaticIpListSpec",
                    ["ip_list"] = new JsonArray("192.168.7.1"),
                    ["subnet_mask"] = "255.255.255.0",
                    ["default_gateway"] = "192.168.7.254",
                },
            }),
        },
    });
}
