using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Tunnels;

/// <summary>Copies of group frames to other hosts (reference: nsx-dataplane.md, 1.6).</summary>
internal sealed class ReplicationTests
{
    [TestCase(ReplicationMode.Source, 4)]
    [TestCase(ReplicationMode.Mtep, 2)]
    public void Everyone_hears_a_broadcast_once_and_two_tiers_spare_the_senders_uplink(ReplicationMode mode, int copies)
    {
        using var fabric = new TestFabric();
        var sender = fabric.Host("one", "172.16.10.1/24");
        TestHost[] others =
        [
            fabric.Host("two", "172.16.10.2/24"),
            fabric.Host("three", "172.16.20.3/24"),
            fabric.Host("four", "172.16.20.4/24"),
            fabric.Host("five", "172.16.20.5/24"),
        ];
        string web = fabric.Switch("web", 71680, mode);
        var a = sender.Vm(web, "10.1.0.1");
        var listeners = others.Select((host, place) => host.Vm(web, $"10.1.0.{place + 2}")).ToArray();
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(5)); // BFD finds who is alive

        a.Send(Frames.Udp("10.1.0.1", "255.255.255.255"));

        foreach (var listener in listeners)
        {
            Assert.That(listener.Received(), Has.Count.EqualTo(1), listener.Id);
        }

        Assert.That(a.Received(), Is.Empty);
        Assert.That(sender[HostEvent.UplinkTxNonUnicast], Is.EqualTo(copies));
    }

    [Test]
    public void When_the_relay_dies_another_takes_its_place()
    {
        using var fabric = new TestFabric();
        var sender = fabric.Host("one", "172.16.10.1/24");
        TestHost[] others = [fabric.Host("two", "172.16.20.2/24"), fabric.Host("three", "172.16.20.3/24"), fabric.Host("four", "172.16.20.4/24")];
        string web = fabric.Switch("web", 71680);
        var a = sender.Vm(web, "10.1.0.1");
        var listeners = others.Select((host, place) => host.Vm(web, $"10.1.0.{place + 2}")).ToArray();
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(5));
        a.Send(Frames.Udp("10.1.0.1", "255.255.255.255"));
        var relay = others.Single(host => host[HostEvent.UplinkTxNonUnicast] > 0);
        foreach (var listener in listeners)
        {
            listener.Received();
        }

        fabric.Underlay.SetReachable(relay.Tep.Address, false);
        fabric.Pass(TimeSpan.FromSeconds(5));
        a.Send(Frames.Udp("10.1.0.1", "255.255.255.255"));

        Assert.That(listeners.Where(listener => listener.Host != relay).Select(listener => listener.Received().Count), Is.All.EqualTo(1));
    }

    [Test]
    public void An_endpoint_that_speaks_no_BFD_is_sent_its_own_copy()
    {
        using var fabric = new TestFabric();
        var sender = fabric.Host("one", "172.16.10.1/24");
        var (two, three) = (fabric.Host("two", "172.16.20.2/24"), fabric.Host("three", "172.16.20.3/24"));
        string web = fabric.Switch("web", 71680);
        var (a, b, c) = (sender.Vm(web, "10.1.0.1"), two.Vm(web, "10.1.0.2"), three.Vm(web, "10.1.0.3"));
        fabric.Publish(); // and no time for BFD

        a.Send(Frames.Udp("10.1.0.1", "255.255.255.255"));

        Assert.That((b.Received().Count, c.Received().Count), Is.EqualTo((1, 1)));
        Assert.That(sender[HostEvent.UplinkTxNonUnicast], Is.EqualTo(2));
    }

    [Test]
    public void An_endpoint_without_BFD_beside_a_relay_hears_a_broadcast_once()
    {
        using var fabric = new TestFabric();
        var (sender, relay) = (fabric.Host("one", "172.16.10.1/24"), fabric.Host("two", "172.16.20.2/24"));
        using var outside = fabric.Underlay.Open(IpAddress.Parse("172.16.20.99"));
        string web = fabric.Switch("web", 71680);
        var (a, b) = (sender.Vm(web, "10.1.0.1"), relay.Vm(web, "10.1.0.2"));
        foreach (var host in fabric.Hosts)
        {
            host.Adjust = intent =>
            {
                intent.TepLists[web].Teps.Add(new HostTep
                {
                    NodeId = "outside", Ip = TestFabric.Bytes(outside.Local), Label = 99, Segment = TestFabric.Bytes(IpAddress.Parse("172.16.20.0")),
                });
                return intent;
            };
        }

        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(5));
        outside.ReceiveAll();

        a.Send(Frames.Udp("10.1.0.1", "255.255.255.255"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That(outside.ReceiveAll(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Unknown_unicast_reaches_a_learning_port_beside_any_endpoint()
    {
        using var fabric = new TestFabric();
        var sender = fabric.Host("one", "172.16.10.1/24");
        TestHost[] others = [fabric.Host("two", "172.16.20.2/24"), fabric.Host("three", "172.16.20.3/24")];
        string web = fabric.Switch("web", 71680);
        var a = sender.Vm(web, "10.1.0.1");
        var learners = others.Select((host, place) => host.Vm(
            web, $"10.1.0.{place + 2}", port => port.MacManagement = new() { Learning = true, UnicastFlooding = true })).ToArray();
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(5));

        a.Send(Frames.Udp("10.1.0.1", "10.1.0.77"));

        Assert.That(learners.Select(port => port.Received().Count), Is.All.EqualTo(1));
    }
}
