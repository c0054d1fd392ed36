using Fabric.Contracts.V1;
using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.RuntimeReport.ReportOneofCase;

namespace Fabric.Controller.Tests.Streaming;

internal sealed class ControlPlaneTests
{
    private static readonly string[] Address1 = ["02:00:00:00:00:01 10.0.0.1"];

    private readonly TestController _controller = new();
    private readonly HostReplica _n1 = new("n1");
    private readonly HostReplica _n2 = new("n2");

    private static ConfigObject[] Configuration =>
    [
        ZoneOf(), Node("n1", 1), Node("n2", 2), Switch("web", 70000),
        Port("p1", "web", "v1", addresses: Address1), Port("p2", "web", "v2"),
    ];

    private TestController Running()
    {
        _controller.Snapshot().Change(Configuration).Do(_n1.Arrive(Vif("v1")), _n2.Arrive(Vif("v2", "02:00:00:00:00:02")));
        return _controller.Drain(_n1, _n2);
    }

    [Test]
    public void A_host_gets_a_snapshot_and_then_only_what_changes()
    {
        Running();
        Assert.That(_n1.Snapshots, Is.EqualTo(1));
        Assert.That(_n1.InForce.Keys.Select(key => key.Kind).Distinct(), Is.SupersetOf(new[] { HostKind.Settings, HostKind.Switch, HostKind.Port, HostKind.TepList }));
        _controller.Change(Port("p2", "web", "v2", addresses: ["02:00:00:00:00:02 10.0.0.2"])).Drain(_n1, _n2);
        Assert.That(_n1.Snapshots, Is.EqualTo(1));
        Assert.That(_n1.LastNamed, Is.EqualTo(new[] { "web/10.0.0.2" }));
        Assert.That(_n2.LastNamed, Is.EquivalentTo(new[] { "p2", "web/10.0.0.2" }));
    }

    [Test]
    public void A_change_that_concerns_no_host_sends_nothing()
    {
        Running();
        ulong generation = _n1.Generation;
        _controller.Change(Switch("lonely", 70009), IpSet("unused", "10.0.0.1")).Drain(_n1, _n2);
        Assert.That(_n1.Generation, Is.EqualTo(generation));
    }

    [Test]
    public void A_changed_address_set_sends_only_that_set()
    {
        Running();
        _controller.Change(GroupOf("g", "IPSet/set"), IpSet("set", "10.0.0.1"), Section("s", 1, Rule(1001, ["NSGroup/g"]))).Drain(_n1, _n2);
        _controller.Change(IpSet("set", "10.0.0.2")).Drain(_n1, _n2);
        Assert.That(_n1.LastNamed, Is.EqualTo(new[] { "NSGroup/g" }));
    }

    [Test]
    public void A_host_waits_until_the_managers_snapshot_is_whole()
    {
        _controller.Do(_n1.Arrive(Vif("v1")));
        Assert.That(_n1.Take(), Is.False);
        _controller.Snapshot();
        Assert.That(_n1.Take(), Is.True);
    }

    [Test]
    public void A_slow_host_gets_one_change_for_many_and_holds_up_nobody()
    {
        Running();
        Assert.That(_n1.Take(), Is.False);
        for (int last = 10; last < 60; last++)
        {
            _controller.Change(Port("p1", "web", "v1", addresses: [$"02:00:00:00:00:01 10.0.0.{last}"])).Drain(_n2);
        }

        Assert.That(_n2.InForce.Keys, Does.Contain((HostKind.Neighbor, "web/10.0.0.59")));
        int taken = 0;
        while (_n1.Take())
        {
            taken++;
            _controller.Do(_n1.Ready());
        }

        Assert.That(taken, Is.EqualTo(2), "the one that waited, and the rest in one");
        Assert.That(_n1.InForce.Keys.Count(key => key.Kind == HostKind.Neighbor), Is.EqualTo(1));
        Assert.That(_n1.InForce.Keys, Does.Contain((HostKind.Neighbor, "web/10.0.0.59")));
    }

    [Test]
    public void A_host_that_is_away_stays_in_the_tables_and_starts_over_when_it_returns()
    {
        Running();
        _controller.Do(_n2.Leave()).Drain(_n1);
        Assert.That(_n1.InForce.Keys, Does.Contain((HostKind.RemoteMac, "web/02:00:00:00:00:02")));
        _controller.Change(Port("p1", "web", "v1")).Do(_n2.Arrive(Vif("v2", "02:00:00:00:00:02"))).Drain(_n1, _n2);
        Assert.That(_n2.Snapshots, Is.EqualTo(2));
        Assert.That(_n2.InForce.Keys.Where(key => key.Kind == HostKind.Neighbor), Is.Empty, "what changed meanwhile is in the snapshot");
        Assert.That(_n1.Snapshots, Is.EqualTo(1));
    }

    [Test]
    public void What_a_returning_host_no_longer_has_is_gone()
    {
        Running();
        _controller.Do(_n2.Leave()).Do(_n2.Arrive()).Drain(_n1, _n2);
        Assert.That(_n1.InForce.Keys.Where(key => key.Kind == HostKind.RemoteMac), Is.Empty);
    }

    [Test]
    public void A_snapshot_that_says_the_same_again_sends_nothing()
    {
        Running();
        (ulong, ulong) generations = (_n1.Generation, _n2.Generation);
        _controller.Snapshot(Configuration).Drain(_n1, _n2);
        Assert.That((_n1.Generation, _n2.Generation), Is.EqualTo(generations));
    }

    [Test]
    public void A_snapshot_of_another_database_takes_away_what_it_does_not_name()
    {
        Running();
        _controller.Snapshot(Configuration[..^1]).Drain(_n1, _n2);
        Assert.That(_n2.InForce.Keys.Select(key => key.Kind), Is.EqualTo(new[] { HostKind.Settings }));
        Assert.That(_n1.InForce.Keys.Where(key => key.Kind == HostKind.RemoteMac), Is.Empty);
    }

    [Test]
    public void After_a_restart_hosts_that_forward_are_told_nothing_until_all_are_back()
    {
        Running();
        var restarted = new TestController();
        restarted.Snapshot(Configuration).Do(_n1.Arrive(Vif("v1")));
        restarted.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(_n1.Take(), Is.False);
        restarted.Do(_n2.Arrive(Vif("v2", "02:00:00:00:00:02")));
        restarted.Time.Advance(TimeSpan.FromSeconds(1));
        restarted.Drain(_n1, _n2);
        Assert.That(_n1.Snapshots, Is.EqualTo(2));
        Assert.That(_n1.InForce.Keys, Does.Contain((HostKind.RemoteMac, "web/02:00:00:00:00:02")));
    }

    [Test]
    public void A_host_that_never_returns_is_waited_for_only_so_long()
    {
        Running();
        var restarted = new TestController();
        restarted.Snapshot(Configuration).Do(_n1.Arrive(Vif("v1")));
        restarted.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(_n1.Take(), Is.True);
    }

    [Test]
    public void A_host_with_nothing_in_force_is_served_at_once_after_a_restart()
    {
        _controller.Snapshot(Configuration).Do(_n1.Arrive(Vif("v1")));
        Assert.That(_n1.Take(), Is.True);
        _controller.Do(_n1.Ready()).Change(Port("p1", "web", "v1"));
        Assert.That(_n1.Take(), Is.True, "and kept informed");
    }

    [Test]
    public void A_deleted_transport_node_is_told_to_forget_everything()
    {
        Running();
        _controller.Delete(ConfigKind.TransportNode, "n2").Drain(_n1, _n2);
        Assert.That(_n2.InForce, Is.Empty);
        Assert.That(_n1.InForce.Keys.Where(key => key.Kind == HostKind.RemoteMac), Is.Empty);
    }

    [Test]
    public void Realization_goes_from_in_progress_to_success_or_failed_as_the_host_answers()
    {
        Running();
        _controller.Change(Port("p1", "web", "v1"));
        Assert.That(StateOf("p1"), Is.EqualTo("in_progress"));
        Assert.That(_n1.Take());
        _controller.Do(_n1.Acknowledge(new Refusal { Kind = "PORT", Id = "p1", Reason = "no room" }), _n1.Ready());
        Assert.That(StateOf("p1"), Is.EqualTo("failed"));
        _controller.Change(Section("s", 1, Rule(1001))).Drain(_n1);
        Assert.That(StateOf("p1"), Is.EqualTo("failed"), "until the host is told something else of it");
        _controller.Change(Port("p1", "web", "v1", addresses: Address1)).Drain(_n1);
        Assert.That(StateOf("p1"), Is.EqualTo("success"));
    }

    [Test]
    public void The_manager_hears_of_ports_tables_nodes_and_vifs_and_of_their_end()
    {
        Running();
        var all = _controller.Book.TakeAll();
        Assert.That(all.Where(report => report.ReportCase == Case.VifPresent).Select(report => report.VifPresent.VifId), Is.EquivalentTo(new[] { "v1", "v2" }));
        Assert.That(all.Single(report => report.Port?.PortId == "p1").Port, Has.Property("Attached").True.And.Property("OperationalUp").True);
        Assert.That(all.Single(report => report.SwitchTables is not null).SwitchTables.Teps, Has.Count.EqualTo(2));
        Assert.That(all.Single(report => report.NodeStatus?.NodeId == "n1").NodeStatus.GenerationApplied, Is.EqualTo(_n1.Generation));

        _controller.Do(_n2.Say(new HostReport { VifDetached = new VifDetached { VifId = "v2" } })).Delete(ConfigKind.LogicalPort, "p2");
        var news = _controller.Book.TakeNews();
        Assert.That(news.Any(report => report.VifGone?.VifId == "v2"));
        Assert.That(news.Any(report => report.Port is { PortId: "p2", Gone: true }));
        Assert.That(_controller.Book.TakeAll().Any(report => report.Port?.PortId == "p2"), Is.False);
    }

    [Test]
    public void Statistics_are_passed_on_with_the_name_of_their_node()
    {
        Running();
        _controller.Do(_n1.Say(new HostReport { Statistics = new HostStatistics { Ports = { new PortStatistics { PortId = "p1", RxPackets = 7 } } } }));
        var statistics = _controller.Book.TakeNews().Single(report => report.ReportCase == Case.PortStatistics).PortStatistics;
        Assert.That((statistics.NodeId, statistics.RxPackets), Is.EqualTo(("n1", 7ul)));
    }

    private string StateOf(string port) => _controller.Book.TakeAll()
        .Single(report => report.ReportCase == Case.Realization && report.Realization.Key is { Kind: ConfigKind.LogicalPort } key && key.Id == port)
        .Realization.Nodes.Single().State;
}
