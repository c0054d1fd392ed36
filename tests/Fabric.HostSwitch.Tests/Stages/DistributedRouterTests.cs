using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>The distributed router (reference: nsx-dataplane.md, 5.3 and 5.4).</summary>
internal sealed class DistributedRouterTests
{
    private TestFabric _fabric = null!;
    private TestHost _one = null!;
    private TestHost _two = null!;
    private TestPort _a = null!;
    private TestPort _b = null!;

    [SetUp]
    public void SetUp()
    {
        _fabric = new TestFabric();
        (_one, _two) = (_fabric.Host("one"), _fabric.Host("two"));
        string web = _fabric.Switch("web", 71680);
        string data = _fabric.Switch("data", 71681);
        _fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"), (web, "2001:db8:1::1/64"), (data, "2001:db8:2::1/64"));
        _a = _one.Vm(web, "10.1.0.5");
        _b = _two.Vm(data, "10.2.0.5");
        _fabric.Publish();
    }

    [TearDown]
    public void TearDown()
    {
        _fabric.Dispose();
        _one.Dispose();
        _two.Dispose();
    }

    [Test]
    public void A_packet_is_routed_at_its_senders_host_with_one_hop_less_and_the_routers_MAC()
    {
        _a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac));

        Assert.That(_b.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.1.0.5", "10.2.0.5", fromMac: TestFabric.VdrMac, ttl: 63)));
        Assert.That((_one[HostEvent.RoutedTxIpv4], _two[HostEvent.RoutedTxIpv4]), Is.EqualTo((1L, 0L)));

        _b.Send(Frames.Udp("10.2.0.5", "10.1.0.5", 5001, 40000, toMac: TestFabric.VdrMac));
        Assert.That(_a.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.2.0.5", "10.1.0.5", 5001, 40000, fromMac: TestFabric.VdrMac, ttl: 63)));
        Assert.That(_two[HostEvent.RoutedTxIpv4], Is.EqualTo(1), "the way back is routed on the other host");
    }

    [Test]
    public void The_gateway_answers_ARP_and_solicitations_on_its_own_host()
    {
        _a.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.1"));
        var arp = _a.ReceivedOne();
        Assert.That(ArpView.TryParse(arp.AsSpan(14), out var answer));
        Assert.That((answer.SenderMac, answer.SenderAddress.ToString(), answer.TargetMac), Is.EqualTo((TestFabric.VdrMac, "10.1.0.1", _a.Mac)));

        _a.Send(Frames.NeighborSolicitation("2001:db8:1::5", "2001:db8:1::1", _a.Mac));
        Assert.That(
            _a.ReceivedOne(),
            IsFrame.EqualTo(Frames.NeighborAdvertisement("2001:db8:1::1", "2001:db8:1::5", TestFabric.VdrMac, _a.Mac, isRouter: true)));
        Assert.That(_one[HostEvent.UplinkTx], Is.Zero);
    }

    [Test]
    public void Any_interface_of_the_router_answers_ping()
    {
        _a.Send(
            Frames.Ping("10.1.0.5", "10.1.0.1", toMac: TestFabric.VdrMac),
            Frames.Ping("10.1.0.5", "10.2.0.1", toMac: TestFabric.VdrMac),
            Frames.Ping("2001:db8:1::5", "2001:db8:2::1", fromMac: _a.Mac, toMac: TestFabric.VdrMac));

        var replies = _a.Received();
        Assert.That(replies, Has.Count.EqualTo(3));
        Assert.That(replies[0], IsFrame.EqualTo(WithoutIdentification(Frames.Pong("10.1.0.1", "10.1.0.5", fromMac: TestFabric.VdrMac))));
        Assert.That(replies[2], IsFrame.EqualTo(Frames.Pong("2001:db8:2::1", "2001:db8:1::5", fromMac: TestFabric.VdrMac, toMac: _a.Mac)));
        Assert.That((_one[HostEvent.ConsumedIcmpv4], _one[HostEvent.ConsumedIcmpv6]), Is.EqualTo((2L, 1L)));
    }

    [Test]
    public void A_packet_whose_time_to_live_ends_is_reported_by_the_ingress_interface()
    {
        _a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac, ttl: 1));

        AssertError(_a.ReceivedOne(), "10.1.0.1", type: 11, code: 0);
        Assert.That(_a[DropReason.TtlIpv4], Is.EqualTo(1));
        Assert.That(_b.Received(), Is.Empty);
    }

    [Test]
    public void A_packet_without_a_route_is_reported()
    {
        _a.Send(Frames.Udp("10.1.0.5", "192.0.2.1", toMac: TestFabric.VdrMac));

        AssertError(_a.ReceivedOne(), "10.1.0.1", type: 3, code: 0);
        Assert.That(_a[DropReason.NoRouteIpv4], Is.EqualTo(1));
    }

    [Test]
    public void A_black_hole_is_silent()
    {
        _fabric.Router("t1", ("web", "10.1.0.1/24")).Routes.Add(new HostRoute { Network = TestFabric.Bytes(IpAddress.Parse("192.0.2.0")), PrefixLength = 24 });
        _fabric.Publish();

        _a.Send(Frames.Udp("10.1.0.5", "192.0.2.1", toMac: TestFabric.VdrMac));

        Assert.That(_a.Received(), Is.Empty);
        Assert.That(_a[DropReason.DropRouteIpv4], Is.EqualTo(1));
    }

    [Test]
    public void A_source_that_is_not_behind_the_interface_is_dropped()
    {
        _a.Send(Frames.Udp("10.9.0.5", "10.2.0.5", fromMac: _a.Mac, toMac: TestFabric.VdrMac));

        Assert.That(_b.Received(), Is.Empty);
        Assert.That(_a[DropReason.RpfIpv4], Is.EqualTo(1));
    }

    [Test]
    public void Two_tier_1s_meet_at_the_tier_0_of_the_same_host_three_hops_away()
    {
        string far = _fabric.Switch("far", 71682);
        var c = _two.Vm(far, "10.3.0.5");
        var t1 = _fabric.Router("t1", ("web", "10.1.0.1/24"), ("data", "10.2.0.1/24"));
        var other = _fabric.Router("t1b", (far, "10.3.0.1/24"));
        var t0 = _fabric.Router("t0");
        t1.Routes.Add(To("0.0.0.0", 0, "t0"));
        other.Routes.Add(To("0.0.0.0", 0, "t0"));
        t0.Routes.Add(To("10.1.0.0", 24, "t1"));
        t0.Routes.Add(To("10.3.0.0", 24, "t1b"));
        _fabric.Publish();

        _a.Send(Frames.Udp("10.1.0.5", "10.3.0.5", toMac: TestFabric.VdrMac));
        Assert.That(c.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.1.0.5", "10.3.0.5", fromMac: TestFabric.VdrMac, ttl: 61)));

        _a.Send(Frames.Udp("10.1.0.5", "10.3.0.5", toMac: TestFabric.VdrMac, ttl: 3));
        AssertError(_a.ReceivedOne(), "10.1.0.1", type: 11, code: 0);
    }

    [Test]
    public void Routers_that_send_to_each_other_in_a_circle_lose_the_packet()
    {
        var t1 = _fabric.Router("t1", ("web", "10.1.0.1/24"));
        var t0 = _fabric.Router("t0");
        t1.Routes.Add(To("0.0.0.0", 0, "t0"));
        t0.Routes.Add(To("0.0.0.0", 0, "t1"));
        _fabric.Publish();

        _a.Send(Frames.Udp("10.1.0.5", "192.0.2.1", toMac: TestFabric.VdrMac));

        Assert.That(_a[DropReason.RouterDispatch], Is.EqualTo(1));
    }

    [Test]
    public void A_neighbor_that_nobody_told_is_asked_for_while_its_packets_wait()
    {
        _fabric.TellsNeighbors = false;
        _fabric.Publish();

        _a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", 1, toMac: TestFabric.VdrMac), Frames.Udp("10.1.0.5", "10.2.0.5", 2, toMac: TestFabric.VdrMac));
        var question = _b.ReceivedOne();
        Assert.That(ArpView.TryParse(question.AsSpan(14), out var asked));
        Assert.That((asked.SenderAddress.ToString(), asked.TargetAddress.ToString()), Is.EqualTo(("10.2.0.1", "10.2.0.5")));

        _b.Send(Frames.ArpReply("10.2.0.5", "10.2.0.1", toMac: asked.SenderMac));
        Assert.That(_b.Received(), Has.Count.EqualTo(2));
        _a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", 3, toMac: TestFabric.VdrMac));
        Assert.That(_b.Received(), Has.Count.EqualTo(1), "known from now on");

        // The VM now takes the asking host's own MAC for its gateway's: its own host's router takes that too.
        _b.Send(Frames.Udp("10.2.0.5", "10.1.0.5", 5001, 40000, toMac: asked.SenderMac));
        Assert.That(_a.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_neighbor_that_does_not_answer_costs_its_packets_and_is_reported()
    {
        for (ushort sent = 0; sent < 6; sent++)
        {
            _a.Send(Frames.Udp("10.1.0.5", "10.2.0.99", sent, toMac: TestFabric.VdrMac));
        }

        Assert.That(_a[DropReason.ArpHoldPacket], Is.EqualTo(2), "four wait, two are too many");
        _fabric.Pass(TimeSpan.FromSeconds(4));

        Assert.That(_b.Received(), Has.Count.EqualTo(3), "asked three times");
        Assert.That(_a[DropReason.NoNeighborIpv4], Is.EqualTo(4));
        Assert.That(_a.Received(), Has.Count.EqualTo(4));
    }

    [Test]
    public void IPv6_is_routed_its_neighbors_solicited_and_its_hop_limit_kept()
    {
        var (here, there) = ("2001:db8:1::5", "2001:db8:2::5");
        _a.Send(Frames.Udp(here, there, fromMac: _a.Mac, toMac: TestFabric.VdrMac));
        var question = _b.ReceivedOne();
        _ = FrameLayout.Parse(question, out var layout);
        Assert.That(NeighborDiscoveryView.TryParse(layout.Transport(question), out var solicitation));
        Assert.That((solicitation.Type, solicitation.Target.ToString()), Is.EqualTo((IcmpV6Type.NeighborSolicitation, there)));

        _b.Send(Frames.NeighborAdvertisement(there, "2001:db8:2::1", _b.Mac, MacAddress.Read(question.AsSpan(6))));
        Assert.That(_b.ReceivedOne(), IsFrame.EqualTo(Frames.Udp(here, there, fromMac: TestFabric.VdrMac, toMac: _b.Mac, ttl: 63)));

        _a.Send(Frames.Udp(here, there, fromMac: _a.Mac, toMac: TestFabric.VdrMac, ttl: 1));
        AssertError(_a.ReceivedOne(), "2001:db8:1::1", type: 3, code: 0);
        Assert.That(_a[DropReason.TtlIpv6], Is.EqualTo(1));
    }

    [Test]
    public void A_packet_larger_than_the_egress_interface_takes_is_reported_with_the_size_that_passes()
    {
        _fabric.Router("t1", ("web", "10.1.0.1/24"), ("data", "10.2.0.1/24")).Interfaces[1].Mtu = 1000;
        _fabric.Publish();

        _a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", payload: Frames.Pattern(1200), toMac: TestFabric.VdrMac));

        var error = _a.ReceivedOne();
        AssertError(error, "10.1.0.1", type: 3, code: 4);
        Assert.That(IcmpOf(error).Rest, Is.EqualTo(1000));
        Assert.That(_a[DropReason.PacketAttribute], Is.EqualTo(1));
    }

    [Test]
    public void A_frame_for_the_routers_MAC_is_not_taken_from_a_tunnel()
    {
        var outside = _fabric.Underlay.Open(IpAddress.Parse("172.16.10.77"));
        var frame = Frames.Udp("10.1.0.9", "10.2.0.5", toMac: TestFabric.VdrMac).GenevePayload(71680);
        outside.Send(frame, new Packets.Links.TunnelPath(_one.Tep.Address, 50000, 6081));
        _fabric.Run();

        Assert.That(_one[DropReason.VdrMacFromUplink], Is.EqualTo(1));
    }

    [Test]
    public void An_IPv4_packet_with_options_is_not_routed()
    {
        var packet = Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac);
        byte[] header = new byte[24];
        new Ipv4Header(IpAddress.Parse("10.1.0.5"), IpAddress.Parse("10.2.0.5"), IpProtocol.Udp, packet.Length - 34) { Options = new byte[] { 1, 1, 1, 0 } }.Write(header);

        _a.Send([.. packet[..14], .. header, .. packet[34..]]);

        Assert.That(_a[DropReason.RouterParsing], Is.EqualTo(1));
    }

    private static HostRoute To(string network, uint length, string router)
        => new() { Network = TestFabric.Bytes(IpAddress.Parse(network)), PrefixLength = length, NextRouterId = router };

    private static void AssertError(byte[] frame, string from, int type, int code)
    {
        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That(Packets.Transport.TransportChecksum.IsValid(frame, layout));
        var icmp = IcmpOf(frame);
        Assert.That((layout.Source(frame).ToString(), (int)icmp.Type, (int)icmp.Code), Is.EqualTo((from, type, code)));
    }

    private static IcmpView IcmpOf(byte[] frame)
    {
        _ = FrameLayout.Parse(frame, out var layout);
        Assert.That(IcmpView.TryParse(frame.AsSpan(layout.TransportOffset), out var icmp));
        return icmp;
    }

    // The router numbers its packets 0.
    private static byte[] WithoutIdentification(byte[] frame)
    {
        frame[18] = frame[19] = frame[24] = frame[25] = 0;
        var checksum = Packets.Checksums.InternetChecksum.Of(frame.AsSpan(14, 20));
        (frame[24], frame[25]) = ((byte)(checksum >> 8), (byte)checksum);
        return frame;
    }
}
