using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Tunnels;

/// <summary>BFD between endpoints (RFC 5880; reference: nsx-dataplane.md, 1.5 and 1.7).</summary>
internal sealed class BfdSessionTests
{
    [Test]
    public void A_session_comes_up_goes_down_when_the_other_falls_silent_and_comes_back()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        one.Vm(web, "10.1.0.5");
        two.Vm(web, "10.1.0.6");
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(4));
        Assert.That((SessionOf(one).State, SessionOf(two).State), Is.EqualTo((BfdState.Up, BfdState.Up)));

        fabric.Underlay.SetReachable(two.Tep.Address, false);
        fabric.Pass(TimeSpan.FromSeconds(4));
        Assert.That((SessionOf(one).State, SessionOf(one).Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));

        fabric.Underlay.SetReachable(two.Tep.Address, true);
        fabric.Pass(TimeSpan.FromSeconds(4));
        Assert.That((SessionOf(one).State, SessionOf(one).RemoteState), Is.EqualTo((BfdState.Up, BfdState.Up)));
    }

    [Test]
    public void Traffic_goes_on_while_a_session_is_down()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.Publish();
        Assert.That(SessionOf(one).IsUp, Is.False);

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Sessions_vanish_with_the_last_network_shared()
    {
        using var fabric = new TestFabric();
        var (one, _) = (fabric.Host("one"), fabric.Host("two"));
        one.Vm(fabric.Switch("web", 71680), "10.1.0.5");
        fabric.Publish();
        long sent = one[HostEvent.BfdTx];
        Assert.That(sent, Is.GreaterThan(0));

        one.Adjust = intent => intent with { TepLists = new Dictionary<string, Contracts.V1.HostTepList>() };
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(5));

        Assert.That(one.Datapath.Tables.Teps, Is.Empty);
        Assert.That(one[HostEvent.BfdTx], Is.EqualTo(sent));
    }

    [Test]
    public void The_packet_has_the_form_seen_on_ESXi()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        fabric.Host("two", "172.16.10.2/24");
        fabric.Switch("web", 71680);
        fabric.Publish();
        var frame = new Packets.Buffers.FrameBuffer();
        BfdFrames.Write(frame, SessionOf(host).Message(), host.Tep.Address, IpAddress.Parse("172.16.10.2"), host.Datapath.Tables.HostMac, Contracts.V1.Encapsulation.Geneve);

        Assert.That(frame.Length, Is.EqualTo(82 - 8), "UDP length 82, as captured");
        Assert.That(GeneveView.TryParse(frame.Bytes, out var geneve));
        Assert.That((geneve.IsControl, geneve.Vni.IsManagement, geneve.OptionBytes.Length), Is.EqualTo((true, true, 0)));
        Assert.That(FrameLayout.Parse(geneve.Payload, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That((layout.DestinationPort(geneve.Payload), layout.TimeToLive(geneve.Payload)), Is.EqualTo(((ushort)3784, (byte)255)));
        Assert.That(BfdView.TryParse(layout.Payload(geneve.Payload), out _));
    }

    [Test]
    public void A_message_for_another_session_changes_nothing()
    {
        var session = new BfdSession(IpAddress.Parse("172.16.10.2"), 7);
        Receive(session, new BfdHeader(BfdState.Up, 9, YourDiscriminator: 8), now: 0);
        Receive(session, new BfdHeader(BfdState.Up, 9, YourDiscriminator: 0), now: 0);
        Assert.That((session.State, session.RemoteDiscriminator), Is.EqualTo((BfdState.Down, 0u)));

        Receive(session, new BfdHeader(BfdState.Down, 9, YourDiscriminator: 0), now: 0);
        Receive(session, new BfdHeader(BfdState.Init, 9, YourDiscriminator: 7), now: 0);
        Assert.That(session.State, Is.EqualTo(BfdState.Up));

        Receive(session, new BfdHeader(BfdState.AdminDown, 9, YourDiscriminator: 7), now: 0);
        Assert.That((session.State, session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown)));
    }

    [Test]
    public void A_poll_is_answered_with_final_at_once()
    {
        var session = new BfdSession(IpAddress.Parse("172.16.10.2"), 7);
        Assert.That(session.Tick(0));
        session.Message();
        Assert.That(session.Tick(1), Is.False);

        Receive(session, new BfdHeader(BfdState.Down, 9, YourDiscriminator: 0) { IsPoll = true }, now: 1);
        Assert.That(session.Tick(1));
        Assert.That(session.Message().IsFinal);
    }

    private static BfdSession SessionOf(TestHost host) => host.Datapath.Tables.Teps.Values.First().Session;

    private static void Receive(BfdSession session, BfdHeader message, long now)
    {
        var bytes = new byte[BfdHeader.Length];
        message.Write(bytes);
        Assert.That(BfdView.TryParse(bytes, out var view));
        session.Receive(view, now);
    }
}
