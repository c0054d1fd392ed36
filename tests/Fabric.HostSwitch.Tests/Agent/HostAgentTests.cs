using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Fabric.TestKit;
using Microsoft.Extensions.Options;

namespace Fabric.HostSwitch.Tests.Agent;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class HostAgentTests
{
    private const string MacA = "02:00:00:00:00:0a";
    private const string MacB = "02:00:00:00:00:0b";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = RunningHost.NewFolder();

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_says_hello_applies_a_snapshot_and_carries_frames()
    {
        await using var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await using var host = await RunningHost.StartAsync(_folder);
        var hello = await controller.NextAsync(report => report.Hello);
        Assert.That(hello.NodeId, Is.EqualTo("node-1"));
        Assert.That(hello.AppliedGeneration, Is.Zero);

        await host.PlugAsync("a", MacA);
        var attached = await controller.NextAsync(report => report.VifAttached);
        Assert.That((attached.VifId, attached.Device), Is.EqualTo(("a", "dev-a")));
        await host.PlugAsync("b", MacB);
        var applied = await controller.SnapshotAsync(7, TestObjects.Settings, TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b"));
        Assert.That(applied.Refusals, Is.Empty);

        AssertForwards(host);
        var statistics = await controller.NextAsync(
            report => report.Statistics?.Ports.FirstOrDefault(port => port.PortId == "port-b" && port.TxPackets > 0));
        Assert.That((statistics.TxPackets, statistics.NodeId), Is.EqualTo((1UL, "node-1")));
    }

    [Test]
    public async Task A_bad_object_is_refused_by_name_and_the_rest_is_in_force()
    {
        await using var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await using var host = await RunningHost.StartAsync(_folder);
        await host.PlugAsync("a", MacA);
        await host.PlugAsync("b", MacB);
        var applied = await controller.SnapshotAsync(
            7, TestObjects.Settings, TestObjects.Switch, TestObjects.BadPort, TestObjects.Port("a"), TestObjects.Port("b"));

        var refusal = applied.Refusals.Single();
        Assert.That((refusal.Kind, refusal.Id, refusal.Reason), Is.EqualTo(("Port", "port-bad", "traffic tag 5000 is not 1 to 4093")));
        AssertForwards(host);
    }

    [Test]
    public async Task A_change_adds_and_takes_away_and_a_snapshot_sweeps_what_it_does_not_name()
    {
        await using var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await using var host = await RunningHost.StartAsync(_folder);
        await controller.SnapshotAsync(1, TestObjects.Settings, TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b"));
        await controller.ChangeAsync(2, TestObjects.Upsert(TestObjects.Port("c")), TestObjects.Delete(HostKind.Port, "port-a"));
        Assert.That(await PortsAsync(host), Is.EqualTo(new[] { "port-b", "port-c" }));

        await controller.SnapshotAsync(3, TestObjects.Settings, TestObjects.Switch, TestObjects.Port("c"));
        Assert.That(await PortsAsync(host), Is.EqualTo(new[] { "port-c" }));
        Assert.That((await host.Local.ShowAsync(new ShowRequest())).Generation, Is.EqualTo(3));
    }

    [Test]
    public async Task A_restarted_host_is_in_service_before_any_controller_answers()
    {
        await using (var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder)))
        {
            await using var first = await RunningHost.StartAsync(_folder);
            await first.PlugAsync("a", MacA);
            await first.PlugAsync("b", MacB);
            await controller.SnapshotAsync(9, TestObjects.Settings, TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b"));
        }

        await using var second = await RunningHost.StartAsync(_folder);
        AssertForwards(second);
        var view = await second.Local.ShowAsync(new ShowRequest());
        Assert.That((view.Generation, view.ControllerConnected), Is.EqualTo((9UL, false)));
    }

    [Test]
    public async Task Frames_go_on_without_the_controller_and_a_new_one_hears_everything()
    {
        await using var host = await RunningHost.StartAsync(_folder);
        await host.PlugAsync("a", MacA);
        await host.PlugAsync("b", MacB);
        await using (var first = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder)))
        {
            await first.SnapshotAsync(5, TestObjects.Settings, TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b"));
        }

        AssertForwards(host);
        await using var second = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        var hello = await second.NextAsync(report => report.Hello);
        Assert.That(hello.AppliedGeneration, Is.EqualTo(5));
        Assert.That(hello.Vifs.Select(vif => vif.VifId), Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(hello.Vifs.Select(vif => vif.LinkUp), Has.All.True);
    }

    [Test]
    public async Task A_state_that_cannot_be_read_is_set_aside()
    {
        string state = Path.Combine(_folder, "s");
        Directory.CreateDirectory(state);
        await File.WriteAllTextAsync(Path.Combine(state, "host.state"), "not what we wrote");
        await using var host = await RunningHost.StartAsync(_folder);
        Assert.That(File.Exists(Path.Combine(state, "host.state.corrupt")), Is.True);
        Assert.That((await host.Local.ShowAsync(new ShowRequest())).Vnics, Is.Empty);
    }

    [Test]
    public async Task What_a_vm_reveals_of_its_addresses_is_reported()
    {
        await using var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await using var host = await RunningHost.StartAsync(_folder);
        await host.PlugAsync("a", MacA);
        var port = TestObjects.Port("a");
        port.Port.IpDiscovery = new IpDiscoveryProfile { ArpSnooping = true, ArpBindingsLimit = 1, TrustOnFirstUse = true };
        await controller.SnapshotAsync(1, TestObjects.Settings, TestObjects.Switch, port);
        host.Wires.Far("dev-a").Send(Frames.ArpRequest("10.0.0.1", "10.0.0.2", MacAddress.Parse(MacA)));
        var discovery = await controller.NextAsync(report => report.Discovery is { Discovered.Count: > 0 } found ? found : null);
        Assert.That(discovery.PortId, Is.EqualTo("port-a"));
        Assert.That(discovery.Realized.Single().Ip.ToByteArray(), Is.EqualTo(new byte[] { 10, 0, 0, 1 }));
        Assert.That(discovery.Realized.Single().Source, Is.EqualTo(BindingSource.ArpSnooping));
    }

    [Test]
    public async Task A_vnic_that_is_unplugged_is_forgotten_and_reported()
    {
        await using var controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await using (var host = await RunningHost.StartAsync(_folder))
        {
            await host.PlugAsync("a", MacA);
            await host.PlugAsync("a", MacA);
            await controller.NextAsync(report => report.VifAttached);
            await host.Local.UnplugAsync(new VnicKey { VifId = "a" });
            await host.Local.UnplugAsync(new VnicKey { VifId = "a" });
            Assert.That((await controller.NextAsync(report => report.VifDetached)).VifId, Is.EqualTo("a"));
        }

        await using var again = await RunningHost.StartAsync(_folder);
        Assert.That((await again.Local.ShowAsync(new ShowRequest())).Vnics, Is.Empty);
    }

    [TestCase("NodeId", "", "--node-id is missing")]
    [TestCase("Controller", "tcp:1", "--controller must be")]
    [TestCase("Local", "/tmp/x", "--local must be")]
    public void Wrong_settings_stop_the_start(string name, string value, string said)
    {
        var refused = Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var app = RunningHost.Build(_folder, new TestWires(), (name, value));
            await app.StartAsync();
        });
        Assert.That(refused!.Message, Does.Contain(said));
    }

    private static void AssertForwards(RunningHost host)
    {
        var ping = Frames.Ping("10.0.0.1", "10.0.0.2", fromMac: MacAddress.Parse(MacA), toMac: MacAddress.Parse(MacB));
        host.Wires.Far("dev-a").Send(ping);
        Assert.That(host.Wires.Next("dev-b"), IsFrame.EqualTo(ping));
    }

    private static async Task<string[]> PortsAsync(RunningHost host)
        => [.. (await host.Local.ShowAsync(new ShowRequest())).Objects.Where(said => said.Port is not null).Select(said => said.Id).Order()];
}
