using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>Frames on one logical switch, on one host and between two.</summary>
internal sealed class SwitchingTests
{
    [Test]
    public void A_frame_goes_to_the_port_of_its_destination_and_to_no_other()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b, c) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"), host.Vm(web, "10.1.0.7"));
        fabric.Publish();

        var frame = Frames.Udp("10.1.0.5", "10.1.0.6");
        a.Send(frame);

        Assert.That(b.ReceivedOne(), IsFrame.EqualTo(frame));
        Assert.That(c.Received(), Is.Empty);
        Assert.That((a.Counters.RxPackets, a.Counters.RxBytes, b.Counters.TxPackets), Is.EqualTo((1L, (long)frame.Length, 1L)));
    }

    [Test]
    public void A_frame_crosses_hosts_in_the_tunnel_and_arrives_as_it_was()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.Publish();

        var frame = Frames.Udp("10.1.0.5", "10.1.0.6");
        a.Send(frame);
        Assert.That(b.ReceivedOne(), IsFrame.EqualTo(frame));
        var back = Frames.Udp("10.1.0.6", "10.1.0.5", 5001, 40000);
        b.Send(back);
        Assert.That(a.ReceivedOne(), IsFrame.EqualTo(back));
        Assert.That(one[HostEvent.UplinkTx], Is.EqualTo(1));
    }

    [Test]
    public void A_broadcast_reaches_every_other_port_once_and_not_its_sender()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        string other = fabric.Switch("other", 71681);
        var (a, b, c) = (one.Vm(web, "10.1.0.5"), one.Vm(web, "10.1.0.6"), two.Vm(web, "10.1.0.7"));
        var stranger = two.Vm(other, "10.1.0.8");
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "255.255.255.255"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That(c.Received(), Has.Count.EqualTo(1));
        Assert.That(a.Received(), Is.Empty);
        Assert.That(stranger.Received(), Is.Empty);
        Assert.That(a.Counters.RxMulticastBroadcast, Is.EqualTo(1));
    }

    [Test]
    public void Unknown_unicast_is_dropped_unless_a_port_learns_and_is_flooded()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        var learner = host.Vm(web, "10.1.0.7", port => port.MacManagement = new() { Learning = true, UnicastFlooding = true });
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.99"));
        Assert.That(learner.Received(), Has.Count.EqualTo(1));
        Assert.That(b.Received(), Is.Empty);

        learner.Intent.MacManagement = new();
        fabric.Publish();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.99"));
        Assert.That(learner.Received(), Is.Empty);
        Assert.That(a[DropReason.UnknownUnicast], Is.EqualTo(1));
    }

    [Test]
    public void A_host_learns_from_tunnelled_frames_where_a_MAC_is()
    {
        using var fabric = new TestFabric { TellsMacs = false };
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.Publish();

        b.Send(Frames.Udp("10.1.0.6", "255.255.255.255"));
        a.Received();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That(one[HostEvent.MacTableFlood], Is.Zero);

        fabric.Pass(TimeSpan.FromMinutes(11), stepMs: 1000);
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(one[HostEvent.MacTableFlood], Is.EqualTo(1), "forgotten after ten silent minutes");
    }

    [Test]
    public void A_switch_or_port_that_is_down_carries_nothing_either_way()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6", port => port.AdminUp = false));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        b.Send(Frames.Udp("10.1.0.6", "10.1.0.5"));

        Assert.That(b.Received(), Is.Empty);
        Assert.That(a.Received(), Is.Empty);
        Assert.That((b.Counters.TxDropped, b.Counters.RxDropped, b[DropReason.PortBlocked]), Is.EqualTo((1L, 1L, 2L)));

        b.Intent.AdminUp = true;
        fabric[web].AdminUp = false;
        fabric.Publish();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(a[DropReason.PortBlocked], Is.EqualTo(1));
    }

    [Test]
    public void A_frame_does_not_go_back_to_where_it_came_from()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port => port.MacManagement = new() { MacChangeAllowed = true });
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.9", "10.1.0.5"));

        Assert.That(a.Received(), Is.Empty);
        Assert.That(a[DropReason.LeafTx], Is.EqualTo(1));
    }
}
