using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>Which logical port a tag on a vnic means.</summary>
internal sealed class PortClassificationTests
{
    [Test]
    public void Pods_of_one_node_talk_through_the_switch_each_by_its_tag()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string nodes = fabric.Switch("nodes", 71680);
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(nodes, "10.0.0.5");
        var (a, b) = (host.Pod(pods, node, 101, "10.1.0.5"), host.Pod(pods, node, 102, "10.1.0.6"));
        fabric.Publish();

        var frame = Frames.Udp("10.1.0.5", "10.1.0.6");
        a.Send(frame);

        Assert.That(b.ReceivedOne(), IsFrame.EqualTo(frame));
        Assert.That(node.Received(), Is.Empty);
        Assert.That((a.Counters.RxBytes, b.Counters.TxBytes), Is.EqualTo(((long)frame.Length, (long)frame.Length)), "counted without the tag");
    }

    [Test]
    public void A_tag_means_another_port_on_another_vnic_and_does_not_cross_the_tunnel()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string nodes = fabric.Switch("nodes", 71680);
        string pods = fabric.Switch("pods", 71681);
        var (first, second) = (one.Node(nodes, "10.0.0.5"), two.Node(nodes, "10.0.0.6"));
        var (a, b) = (one.Pod(pods, first, 7, "10.1.0.5"), two.Pod(pods, second, 9, "10.1.0.6"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.1.0.5", "10.1.0.6")));
    }

    [Test]
    public void An_unknown_tag_is_dropped_and_counted()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        fabric.Publish();

        node.Send(Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(55), Frames.Udp("10.1.0.5", "255.255.255.255").Tagged(55));

        Assert.That((node[DropReason.VlanTagMismatchRx], node[DropReason.VlanTagMismatchRxMulticast]), Is.EqualTo((1L, 1L)));
        Assert.That(node.Counters.RxDropped, Is.EqualTo(2));
    }

    [Test]
    public void Two_children_with_one_tag_have_no_traffic()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        var a = host.Pod(pods, node, 7, "10.1.0.5", port => port.TagAmbiguous = true);
        var b = host.Pod(pods, node, 7, "10.1.0.6", port => port.TagAmbiguous = true);
        var c = host.Pod(pods, node, 8, "10.1.0.7");
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.7"));
        c.Send(Frames.Udp("10.1.0.7", "10.1.0.6"));

        Assert.That(c.Received(), Is.Empty);
        Assert.That(b.Received(), Is.Empty);
        Assert.That(host[DropReason.ChildTagAmbiguous], Is.EqualTo(2));
    }

    [Test]
    public void A_priority_tag_is_no_tag()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(0, priority: 5));

        Assert.That(b.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.1.0.5", "10.1.0.6")));
    }

    [Test]
    public void A_guests_tag_travels_on_a_trunk_even_between_hosts()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680, also: segment => segment.TrunkVlans.Add(new Contracts.V1.PortRange { First = 10, Last = 20 }));
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(15), Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(25));

        Assert.That(b.Vnic.Take(15), Has.Count.EqualTo(1));
        Assert.That(b.Vnic.Take(25), Is.Empty);
        Assert.That(a[DropReason.VlanTagMismatchRx], Is.EqualTo(1));
    }

    [Test]
    public void Of_two_tags_the_outer_names_the_port_and_the_inner_does_not_reach_a_child()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        var (a, b) = (host.Pod(pods, node, 7, "10.1.0.5"), host.Pod(pods, node, 8, "10.1.0.6"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(30));

        Assert.That(b.Received(), Is.Empty);
        Assert.That(b[DropReason.VlanTagMismatchTx], Is.EqualTo(1));
    }

    [Test]
    public void Children_are_down_with_their_parent()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        var (a, b) = (host.Pod(pods, node, 7, "10.1.0.5"), host.Pod(pods, node, 8, "10.1.0.6"));
        node.Intent.AdminUp = false;
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.Received(), Is.Empty);
        Assert.That(a[DropReason.PortBlocked], Is.EqualTo(1));
    }

    [Test]
    public void A_broadcast_reaches_each_child_of_a_vnic_with_its_own_tag()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        var (a, b, c) = (host.Pod(pods, node, 7, "10.1.0.5"), host.Pod(pods, node, 8, "10.1.0.6"), host.Pod(pods, node, 9, "10.1.0.7"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "255.255.255.255"));

        Assert.That((a.Received().Count, b.Received().Count, c.Received().Count), Is.EqualTo((0, 1, 1)));
    }
}
