using Fabric.Contracts.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.RuntimeReport.ReportOneofCase;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>The whole service in process, on unix sockets, between a scripted manager and hosts.</summary>
internal sealed class ControllerServiceTests
{
    private const string Epoch = "e1";

    private readonly string _directory = Directory.CreateTempSubdirectory("controller-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));
    private ScriptedManager _manager = null!;
    private WebApplication _controller = null!;
    private StreamedHost _host = null!;

    private static ConfigObject[] Configuration => [ZoneOf(), Node("n1", 1), Switch("web", 70000), Port("p1", "web", "v1")];

    private string ControllerSocket => Path.Combine(_directory, "controller.sock");

    [SetUp]
    public async Task StartAsync()
    {
        _manager = new ScriptedManager(Path.Combine(_directory, "manager.sock"));
        await _manager.StartAsync();
        _controller = await StartControllerAsync();
        _host = new StreamedHost("n1", ControllerSocket);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await StopControllerAsync();
        await _manager.StopAsync();
        _patience.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Intent_reaches_the_host_and_realization_the_manager()
    {
        Assert.That((await _manager.WatchedAsync(_patience.Token)).Epoch, Is.Empty);
        _manager.Snapshot(Epoch, 5, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.Port, "p1")), _patience.Token);
        _manager.Change(Epoch, 6, Port("p1", "web", "v1", addresses: ["02:00:00:00:00:01 10.0.0.1"]));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.Neighbor, "web/10.0.0.1")), _patience.Token);
        Assert.That(_host.Replica.Snapshots, Is.EqualTo(1));
        await ReportedAsync(report => report.ReportCase == Case.Port && report.Port.PortId == "p1" && report.Port.OperationalUp);
        await ReportedAsync(report => report.ReportCase == Case.Realization && report.Realization.Key.Id == "p1"
            && report.Realization.Nodes.Any(node => node.State == "success"));
    }

    [Test]
    public async Task Half_a_transaction_is_not_applied()
    {
        _manager.Snapshot(Epoch, 1, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.Count > 0, _patience.Token);
        _manager.Send(new ConfigEvent { Epoch = Epoch, Sequence = 2, More = true, Upsert = Port("p1", "web", "v1", addresses: ["10.0.0.1"]) });
        _manager.Send(new ConfigEvent { Epoch = Epoch, Sequence = 2, Upsert = Section("s", 1, Rule(1001)) });
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.RuleSection, "s")), _patience.Token);
        Assert.That(_host.Replica.LastNamed, Does.Contain("p1"), "both came with one commit");
    }

    [Test]
    public async Task A_restarted_manager_is_asked_only_for_what_came_after_and_hosts_notice_nothing()
    {
        _manager.Snapshot(Epoch, 5, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.Port, "p1")), _patience.Token);
        await _manager.WatchedAsync(_patience.Token);
        await _manager.StopAsync();
        await _manager.StartAsync();
        var request = await _manager.WatchedAsync(_patience.Token);
        Assert.That((request.Epoch, request.ResumeAfter), Is.EqualTo((Epoch, 5ul)));
        ulong generation = _host.Replica.Generation;
        _manager.Change(Epoch, 6, Section("s", 1, Rule(1001)));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.RuleSection, "s")), _patience.Token);
        Assert.That((_host.Replica.Snapshots, _host.Replica.Generation), Is.EqualTo((1, generation + 1)));
    }

    [Test]
    public async Task A_manager_with_another_database_replaces_everything()
    {
        _manager.Snapshot(Epoch, 5, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.Port, "p1")), _patience.Token);
        await _manager.StopAsync();
        await _manager.StartAsync();
        _manager.Snapshot("e2", 1, ZoneOf(), Node("n1", 1));
        await _host.UntilAsync(host => host.InForce.Count == 1, _patience.Token);
        Assert.That(_host.Replica.Snapshots, Is.EqualTo(1), "as changes, not as a snapshot");
    }

    [Test]
    public async Task A_restarted_controller_without_its_manager_takes_nothing_from_hosts()
    {
        _manager.Snapshot(Epoch, 5, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.Port, "p1")), _patience.Token);
        await _manager.StopAsync();
        await StopControllerAsync();
        await _host.EndedAsync(_patience.Token);
        int objects = _host.Replica.InForce.Count;
        _controller = await StartControllerAsync();
        await _host.ConnectAsync(Vif("v1"));
        await _host.SayAsync(new HostReport { Tunnels = new HostTunnels() });
        Assert.That(_host.Replica.InForce, Has.Count.EqualTo(objects));

        await _manager.StartAsync();
        _manager.Snapshot(Epoch, 7, [.. Configuration, Section("s", 1, Rule(1001))]);
        await _host.UntilAsync(host => host.InForce.ContainsKey((HostKind.RuleSection, "s")), _patience.Token);
        Assert.That((_host.Replica.Snapshots, _host.Replica.InForce.ContainsKey((HostKind.Port, "p1"))), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task A_second_connection_of_a_host_replaces_the_first()
    {
        _manager.Snapshot(Epoch, 5, Configuration);
        await _host.ConnectAsync(Vif("v1"));
        await _host.UntilAsync(host => host.InForce.Count > 0, _patience.Token);
        await using var again = new StreamedHost("n1", ControllerSocket);
        await again.ConnectAsync(Vif("v1"));
        await again.UntilAsync(host => host.InForce.ContainsKey((HostKind.Port, "p1")), _patience.Token);
        await _host.EndedAsync(_patience.Token);
    }

    private async Task ReportedAsync(Func<RuntimeReport, bool> wanted)
    {
        while (!wanted(await _manager.Reports.ReadAsync(_patience.Token)))
        {
        }
    }

    private async Task<WebApplication> StartControllerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Controller:Id"] = "c1",
            ["Controller:Listen"] = $"unix:{ControllerSocket}",
            ["Controller:Manager"] = _manager.Address,
        });
        var app = builder.AddController().Build().MapController();
        await app.StartAsync();
        return app;
    }

    private async Task StopControllerAsync()
    {
        await _controller.StopAsync();
        await _controller.DisposeAsync();
    }
}
