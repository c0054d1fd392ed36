using Fabric.Contracts.V1;
using static Fabric.Controller.Tests.TestFabric;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>Costs are counted, not timed: a change may cost only what depends on it, however large the fabric is.</summary>
internal sealed class ScaleTests
{
    private const int Hosts = 1000;
    private const int PortsPerHost = 4;

    private readonly TestController _controller = new();
    private readonly HostReplica[] _hosts = [.. Enumerable.Range(0, Hosts).Select(number => new HostReplica($"n{number}"))];

    [Test]
    public void A_tag_reaches_only_the_hosts_that_use_the_group()
    {
        Start();
        _controller.Change(
            Group("g", Tagged("LogicalPort", "app", "web")),
            Section("everyone", 1, Rule(1001)),
            Section("one", 2, Rule(1002, ["NSGroup/g"], on: ["LogicalPort/p-7-0"]))).Drain(_hosts);
        var generations = _hosts.Select(host => host.Generation).ToArray();
        long before = _controller.Plane.Model.Evaluations;

        _controller.Change(PortOf(500, 1, "app|web")).Drain(_hosts);

        var moved = _hosts.Where((host, number) => host.Generation != generations[number]).Select(host => host.Node);
        Assert.That(moved, Is.EqualTo(new[] { "n7" }));
        Assert.That(_hosts[7].LastNamed, Is.EqualTo(new[] { "NSGroup/g" }));
        Assert.That(_controller.Plane.Model.Evaluations - before, Is.LessThan(60));
    }

    [Test]
    public void A_new_section_for_one_port_costs_its_host_alone()
    {
        Start();
        _controller.Change([.. Enumerable.Range(0, 200).Select(number => Section($"s{number}", number, Rule(2000 + (uint)number, on: [$"LogicalPort/p-{number}-0"])))]);
        _controller.Drain(_hosts);
        long before = _controller.Plane.Model.Evaluations;
        _controller.Change(Section("new", 1000, Rule(9000, on: ["LogicalPort/p-9-0"]))).Drain(_hosts);
        Assert.That(_controller.Plane.Model.Evaluations - before, Is.LessThan(20));
        Assert.That(_hosts[9].LastNamed, Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public void A_vif_concerns_the_hosts_of_its_switch()
    {
        Start();
        var generations = _hosts.Select(host => host.Generation).ToArray();
        _controller.Do(_hosts[3].Say(new HostReport { VifDetached = new VifDetached { VifId = "v-3-2" } })).Drain(_hosts);
        Assert.That(_hosts.Where((host, number) => host.Generation != generations[number]).Count(), Is.LessThanOrEqualTo(10));
    }

    /// <summary>Each switch has ports on ten neighboring hosts.</summary>
    private void Start()
    {
        _controller.Snapshot().Change(
        [
            ZoneOf(),
            .. Enumerable.Range(0, Hosts).Select(number => Node($"n{number}", number + 1)),
            .. Enumerable.Range(0, Hosts / 10).Select(number => Switch($"s{number}", 70000 + (uint)number)),
            .. Enumerable.Range(0, Hosts).SelectMany(host => Enumerable.Range(0, PortsPerHost).Select(port => PortOf(host, port))),
        ]);
        _controller.Do([.. _hosts.Select((host, number) => host.Arrive(
            [.. Enumerable.Range(0, PortsPerHost).Select(port => Vif($"v-{number}-{port}", $"02:00:00:{number / 250:x2}:{number % 250:x2}:{port:x2}"))]))]);
        _controller.Drain(_hosts);
    }

    private static ConfigObject PortOf(int host, int port, params string[] tags)
        => Port($"p-{host}-{port}", $"s{host / 10}", $"v-{host}-{port}", addresses: [$"10.{host / 250}.{host % 250}.{port}"], tags: tags);
}
