using Fabric.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using static Fabric.Controller.Tests.TestFabric;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>Whatever happened, a host that followed every change has what a host that just arrived is given.</summary>
internal sealed class DeltasTests
{
    private const int Nodes = 4;
    private const int Ports = 8;

    [Test]
    public void Changes_add_up_to_the_snapshot()
        => Prop.ForAll(ArbMap.Default.ArbFor<int>(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Holds(int seed)
    {
        var random = new Random(seed);
        var controller = new TestController();
        var hosts = Enumerable.Range(0, Nodes).Select(number => new HostReplica($"n{number}")).ToArray();
        controller.Snapshot().Change([ZoneOf(), Router("t0", "TIER0"), Router("r0"), Router("r1"), .. Link("t0", "r0")]);
        controller.Do([.. hosts.Select(host => host.Arrive())]);
        for (int step = 0; step < 60; step++)
        {
            Step(controller, hosts, random);
            if (random.Next(3) > 0)
            {
                controller.Drain(hosts[random.Next(Nodes)]);
            }
        }

        controller.Drain(hosts);
        foreach (var host in hosts)
        {
            var fresh = new HostReplica(host.Node);
            var vifs = controller.Plane.Model.Facts.VifsOfNode(host.Node).Select(vif => Vif(vif)).ToArray();
            controller.Do(fresh.Arrive(vifs)).Drain(fresh);
            Assert.That(host.InForce.Keys, Is.EquivalentTo(fresh.InForce.Keys), $"seed {seed}, {host.Node}");
            foreach (var (key, item) in fresh.InForce)
            {
                Assert.That(host.InForce[key], Is.EqualTo(item), $"seed {seed}, {host.Node}, {key}");
            }
        }
    }

    private static void Step(TestController controller, HostReplica[] hosts, Random random)
    {
        int port = random.Next(Ports);
        var host = hosts[random.Next(Nodes)];
        string[] tags = random.Next(2) == 0 ? [] : ["app|web"];
        string[] addresses = random.Next(2) == 0 ? [] : [$"02:00:00:00:01:0{random.Next(4)} 10.0.{random.Next(2)}.{random.Next(4)}"];
        switch (random.Next(14))
        {
            case 0:
                controller.Change(Node(host.Node, int.Parse(host.Node[1..], null) + 1));
                break;
            case 1:
                controller.Change(Switch($"s{random.Next(3)}", 70000 + (uint)random.Next(9), adminUp: random.Next(4) > 0));
                break;
            case 2 or 3:
                controller.Change(Port($"p{port}", $"s{random.Next(3)}", $"v{port}", random.Next(5) > 0, addresses, tags));
                break;
            case 4:
                controller.Change(Child($"p{port}", $"s{random.Next(3)}", $"v{random.Next(Ports)}", (uint)random.Next(1, 4), addresses, tags));
                break;
            case 5 or 6:
                controller.Do(host.Say(new HostReport { VifAttached = Vif($"v{port}") }));
                break;
            case 7:
                controller.Do(host.Say(new HostReport { VifDetached = new VifDetached { VifId = $"v{port}" } }));
                break;
            case 8:
                controller.Change(Downlink($"r{random.Next(2)}", $"s{random.Next(3)}", $"10.0.{random.Next(3)}.254/24"));
                break;
            case 9:
                controller.Change(Group("g", Tagged("LogicalPort", "app", "web")), GroupOf("h", "NSGroup/g", $"LogicalPort/p{port}", "LogicalSwitch/s1"));
                break;
            case 10:
                string[] scope = random.Next(2) == 0 ? [] : ["NSGroup/h"];
                controller.Change(Section($"sec{random.Next(3)}", random.Next(3), Rule(1001, ["NSGroup/g"], ["NSGroup/h"], scope), Rule(1002, on: ["NSGroup/g"])));
                break;
            case 11:
                var kinds = new[] { (ConfigKind.LogicalPort, $"p{port}"), (ConfigKind.LogicalSwitch, "s1"), (ConfigKind.FirewallSection, "sec0"), (ConfigKind.Group, "g"), (ConfigKind.TransportNode, host.Node) };
                var (kind, id) = kinds[random.Next(kinds.Length)];
                controller.Delete(kind, id);
                break;
            case 12:
                controller.Do(host.Leave()).Do(host.Arrive(Vif($"v{port}"), Vif($"v{random.Next(Ports)}x")));
                break;
            default:
                var discovery = new PortDiscovery { PortId = $"p{port}" };
                discovery.Realized.Add(Seen("02:00:00:00:02:01", $"10.0.0.{random.Next(8)}", random.Next()));
                controller.Do(host.Say(new HostReport { Discovery = discovery }));
                break;
        }
    }
}
