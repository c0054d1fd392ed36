using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.HostObject.ObjectOneofCase;

namespace Fabric.Controller.Tests.Compute;

internal sealed class SpansTests
{
    [Test]
    public void A_switch_spans_the_nodes_with_an_attached_port_on_it()
    {
        var fabric = TwoHosts().With(Node("n3", 3));
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1", "n2" }));
    }

    [Test]
    public void A_node_that_detaches_its_last_port_leaves_with_everything()
    {
        var fabric = TwoHosts().Detach("n2", "v2");
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1" }));
        Assert.That(fabric.ObjectsOf("n2").Select(item => item.ObjectCase), Is.EqualTo(new[] { Case.Settings }));
    }

    [Test]
    public void A_port_that_is_down_keeps_its_switch_but_does_not_join_it()
    {
        var fabric = TwoHosts().With(Port("p2", "web", "v2", adminUp: false));
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1" }));
        Assert.That(fabric.Names("n2", Case.Switch), Is.EqualTo(new[] { "web" }));
        Assert.That(fabric.Names("n2", Case.TepList), Is.Empty);
    }

    [Test]
    public void A_host_outside_the_zone_never_gets_the_switch()
    {
        var fabric = TwoHosts().With(ZoneOf("other"), Node("n3", 3, "other"), Port("p3", "web", "v3")).Attach("n3", "v3");
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1", "n2" }));
        Assert.That(fabric.Names("n3", Case.Switch), Is.Empty);
    }

    [Test]
    public void A_router_takes_each_of_its_switches_to_every_node_that_has_one_of_them()
    {
        var fabric = new TestFabric()
            .With(ZoneOf(), Node("n1", 1), Node("n2", 2), Switch("web", 70000), Switch("db", 70001), Router("r"),
                Port("p1", "web", "v1"), Port("p2", "db", "v2"))
            .With([.. Downlink("r", "web", "10.0.0.254/24"), .. Downlink("r", "db", "10.0.1.254/24")])
            .Attach("n1", "v1").Attach("n2", "v2");
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1", "n2" }));
        Assert.That(fabric.Names("n1", Case.Switch), Is.EqualTo(new[] { "db", "web" }));
        Assert.That(fabric.Names("n1", Case.TepList), Is.EqualTo(new[] { "db", "web" }));
    }

    [Test]
    public void Linked_routers_reach_from_tier_1_over_tier_0_to_the_other_tier_1()
    {
        var fabric = new TestFabric()
            .With(ZoneOf(), Node("n1", 1), Node("n2", 2), Switch("web", 70000), Switch("db", 70001),
                Router("t0", "TIER0"), Router("a"), Router("b"), Port("p1", "web", "v1"), Port("p2", "db", "v2"))
            .With([.. Downlink("a", "web", "10.0.0.254/24"), .. Downlink("b", "db", "10.0.1.254/24"), .. Link("t0", "a"), .. Link("t0", "b")])
            .Attach("n1", "v1").Attach("n2", "v2");
        Assert.That(fabric.Model.Spans.NodesOf("web"), Is.EqualTo(new[] { "n1", "n2" }));
        Assert.That(fabric.Names("n1", Case.Router), Is.EqualTo(new[] { "a", "b", "t0" }));
    }

    [Test]
    public void An_external_node_joins_each_switch_of_its_zone_that_a_host_has_joined()
    {
        var fabric = TwoHosts().With(Node("box", 9, external: true), Switch("idle", 70009));
        Assert.That(fabric.Model.Spans.ExternalNodesOf("web"), Is.EqualTo(new[] { "box" }));
        Assert.That(fabric.Model.Spans.ExternalNodesOf("idle"), Is.Empty);
        var teps = fabric.Object("n1", Case.TepList, "web").TepList.Teps;
        Assert.That(teps.Select(tep => tep.NodeId), Is.EqualTo(new[] { "box", "n2" }));
    }

    [Test]
    public void A_node_is_not_told_of_its_own_tep_or_macs()
    {
        var fabric = TwoHosts();
        Assert.That(fabric.Object("n1", Case.TepList, "web").TepList.Teps.Select(tep => tep.NodeId), Is.EqualTo(new[] { "n2" }));
        Assert.That(fabric.Names("n1", Case.RemoteMac), Is.EqualTo(new[] { "web/02:00:00:00:00:02" }));
        Assert.That(fabric.Names("n1", Case.Neighbor), Is.EqualTo(new[] { "web/10.0.0.1", "web/10.0.0.2" }));
    }

    [Test]
    public void A_vm_that_has_moved_is_where_it_was_reported_last()
    {
        var fabric = TwoHosts().Attach("n2", "v1", "02:00:00:00:00:01");
        Assert.That(fabric.Model.Placement.NodeOf("p1"), Is.EqualTo("n2"));
        fabric.Attach("n1", "v1", "02:00:00:00:00:01"); // its old host reports it once more
        Assert.That(fabric.Model.Placement.NodeOf("p1"), Is.EqualTo("n2"));
        fabric.Detach("n2", "v1");
        Assert.That(fabric.Model.Placement.NodeOf("p1"), Is.EqualTo("n1"));
    }
}
