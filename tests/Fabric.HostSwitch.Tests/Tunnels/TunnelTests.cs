using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Tunnels;

/// <summary>What leaves a host and what it takes from the underlay (reference: nsx-dataplane.md, 1.5).</summary>
internal sealed class TunnelTests
{
    private const uint Vni = 71680;

    private TestFabric _fabric = null!;
    private TestHost _host = null!;
    private TestPort _vm = null!;
    private MemoryTunnelSocket _outside = null!;

    [SetUp]
    public void SetUp() => Build(Encapsulation.Geneve);

    [TearDown]
    public void TearDown()
    {
        _fabric.Dispose();
        _host.Dispose();
        _outside.Dispose();
    }

    [Test]
    public void A_frame_leaves_in_Geneve_with_the_one_option_and_without_a_tag()
    {
        _vm.Send(Frames.Udp("10.1.0.5", "10.1.0.9"));

        var (payload, path) = _outside.ReceiveAll().Single(sent => !IsBfd(sent.Payload));
        Assert.That(GeneveView.TryParse(payload, out var geneve));
        Assert.That(TepOption.TryFind(geneve, out var option));
        Assert.That((geneve.Vni.Value, geneve.IsControl, geneve.HasCriticalOptions, option.Label), Is.EqualTo((Vni, false, false, _host.Label)));
        Assert.That(geneve.Payload.ToArray(), IsFrame.EqualTo(Frames.Udp("10.1.0.5", "10.1.0.9")));
        Assert.That(path.DestinationPort, Is.EqualTo(6081));
    }

    [Test]
    public void A_frame_leaves_in_VXLAN_for_an_endpoint_that_speaks_it()
    {
        Build(Encapsulation.Vxlan);
        _vm.Send(Frames.Udp("10.1.0.5", "10.1.0.9"));

        var (payload, path) = _outside.ReceiveAll().Single(sent => sent.Payload[5] != 0 || sent.Payload[4] != 0);
        Assert.That(VxlanView.TryParse(payload, out var vxlan));
        Assert.That((vxlan.Vni.Value, vxlan.Flags, path.DestinationPort), Is.EqualTo((Vni, (byte)8, (ushort)4789)));

        _outside.Send(Frames.Udp("10.1.0.9", "10.1.0.5").VxlanPayload(Vni), To(4789));
        _fabric.Run();
        Assert.That(_vm.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_flow_keeps_its_source_port_and_flows_differ()
    {
        var ports = new List<ushort>();
        for (ushort port = 1; port <= 32; port++)
        {
            _vm.Send(Frames.Udp("10.1.0.5", "10.1.0.9", port), Frames.Udp("10.1.0.5", "10.1.0.9", port));
            var sent = _outside.ReceiveAll().Where(one => !IsBfd(one.Payload)).Select(one => one.Path.SourcePort).ToList();
            Assert.That(sent.Distinct().Count(), Is.EqualTo(1));
            Assert.That(sent[0], Is.InRange(49152, 65535));
            ports.Add(sent[0]);
        }

        Assert.That(ports.Distinct().Count(), Is.GreaterThan(24));
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        var inner = Frames.Udp("10.1.0.9", "10.1.0.5");
        yield return Case("another version", Flip(inner.GenevePayload(Vni), 0, 0x40), DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("options longer than the packet", Flip([.. inner.GenevePayload(Vni)[..20]], 0, 0x3F), DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("another protocol inside", Flip(inner.GenevePayload(Vni), 2, 0x01), DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("an unknown critical option", Critical(inner), DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("a header cut short", inner.GenevePayload(Vni)[..5], DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("a frame cut short", inner.GenevePayload(Vni)[..15], DropReason.UplinkRxInvalidEncapsulation);
        yield return Case("a network not joined", inner.GenevePayload(99), DropReason.UplinkRxFiltered);
        yield return Case("a guest's tag", inner.Tagged(5).GenevePayload(Vni), DropReason.UplinkRxGuestVlan);
        yield return Case("management that is no BFD", inner.GenevePayload(0, isControl: true), DropReason.UplinkRxSystemError);
        yield return Case("a MAC nobody here has", Frames.Udp("10.1.0.9", "10.1.0.77").GenevePayload(Vni), DropReason.UnknownUnicast);
        yield return Case(
            "a request to replicate from outside the network",
            Frames.Udp("10.1.0.9", "255.255.255.255").GenevePayload(Vni, new TepOption(9, false, MustReplicate: true, TepKind.Host)),
            DropReason.ReplicationRx,
            "172.16.10.200");
    }

    [TestCaseSource(nameof(Refused))]
    public void What_is_refused_from_the_underlay(byte[] payload, int expected, string? from)
    {
        var sender = from is null ? _outside : _fabric.Underlay.Open(IpAddress.Parse(from));
        sender.Send(payload, To(6081));
        _fabric.Run();

        Assert.That(_host[(DropReason)expected], Is.EqualTo(1));
        Assert.That(_vm.Received(), Is.Empty);
    }

    [Test]
    public void An_unknown_option_that_is_not_critical_is_ignored()
    {
        var payload = Critical(Frames.Udp("10.1.0.9", "10.1.0.5"));
        payload[10] = 0x01;
        _outside.Send(payload, To(6081));
        _fabric.Run();

        Assert.That(_vm.ReceivedOne(), IsFrame.EqualTo(Frames.Udp("10.1.0.9", "10.1.0.5")));
    }

    [Test]
    public void A_bridged_packet_that_is_too_large_is_counted_and_its_sender_told_what_passes()
    {
        Build(Encapsulation.Geneve, mtu: 1550);
        var fits = Frames.Udp("10.1.0.5", "10.1.0.9", payload: Frames.Pattern(1492 - 28));
        var tooLarge = Frames.Udp("10.1.0.5", "10.1.0.9", payload: Frames.Pattern(1493 - 28));
        _vm.Send(fits);
        Assert.That(_outside.ReceiveAll().Count(sent => !IsBfd(sent.Payload)), Is.EqualTo(1));
        _vm.Send(tooLarge);
        Assert.That(_outside.ReceiveAll().Count(sent => !IsBfd(sent.Payload)), Is.Zero);

        var error = _vm.ReceivedOne();
        _ = FrameLayout.Parse(error, out var layout);
        Assert.That(IcmpView.TryParse(layout.Transport(error), out var icmp));
        Assert.That(
            (layout.Source(error).ToString(), icmp.Type, icmp.Code, icmp.Rest), Is.EqualTo(("10.1.0.9", IcmpType.DestinationUnreachable, (byte)4, 1492u)));
        Assert.That(_vm[DropReason.UplinkTxInvalidFrame], Is.EqualTo(1));

        _vm.Send(Frames.Udp("2001:db8::5", "2001:db8::9", payload: Frames.Pattern(1493 - 48), fromMac: _vm.Mac, toMac: Frames.MacOf("10.1.0.9")));
        error = _vm.ReceivedOne();
        _ = FrameLayout.Parse(error, out layout);
        Assert.That(IcmpView.TryParse(layout.Transport(error), out icmp));
        Assert.That((icmp.TypeV6, icmp.Rest), Is.EqualTo((IcmpV6Type.PacketTooBig, 1492u)));
    }

    [Test]
    public void A_full_sized_routed_packet_fits_an_underlay_of_1600_and_a_larger_one_is_told_by_the_gateway()
    {
        Build(Encapsulation.Geneve, mtu: 1600);
        string data = _fabric.Switch("data", Vni + 1);
        _fabric.Router("t1", ("web", "10.1.0.1/24"), (data, "10.2.0.1/24")).Interfaces[1].Mtu = 9000;
        var jumbo = _host.Vm("web", "10.1.0.6", mtu: 1900);
        _host.Adjust = Outside(_host.Adjust, data, "10.2.0.9");
        _fabric.Publish();
        _outside.ReceiveAll();

        jumbo.Send(Frames.Udp("10.1.0.6", "10.2.0.9", payload: Frames.Pattern(1542 - 28), toMac: TestFabric.VdrMac));
        Assert.That(_outside.ReceiveAll().Count(sent => !IsBfd(sent.Payload)), Is.EqualTo(1));
        jumbo.Send(Frames.Udp("10.1.0.6", "10.2.0.9", payload: Frames.Pattern(1543 - 28), toMac: TestFabric.VdrMac));

        var error = jumbo.ReceivedOne();
        _ = FrameLayout.Parse(error, out var layout);
        Assert.That(IcmpView.TryParse(layout.Transport(error), out var icmp));
        Assert.That((layout.Source(error).ToString(), icmp.Rest), Is.EqualTo(("10.1.0.1", 1542u)));
        Assert.That((MacAddress.Read(error), MacAddress.Read(error.AsSpan(6))), Is.EqualTo((jumbo.Mac, TestFabric.VdrMac)));
    }

    [Test]
    public void Two_hosts_speak_to_each_other_as_each_of_them_listens()
    {
        using var fabric = new TestFabric();
        using var one = fabric.Host("one", encapsulation: Encapsulation.Vxlan);
        using var two = fabric.Host("two");
        string web = fabric.Switch("web", Vni);
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.Publish();
        fabric.Pass(TimeSpan.FromSeconds(4));

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        b.Send(Frames.Udp("10.1.0.6", "10.1.0.5"));

        Assert.That((a.Received().Count, b.Received().Count), Is.EqualTo((1, 1)));
        Assert.That(one.Datapath.Tables.Teps.Values.Single().Session.IsUp);
    }

    [Test]
    public void A_host_without_an_endpoint_sends_nothing_and_says_so()
    {
        _host.Adjust = intent => { intent.Settings.Teps.Clear(); return Outside(one => one, "web", "10.1.0.9")(intent); };
        _fabric.Publish();

        _vm.Send(Frames.Udp("10.1.0.5", "10.1.0.9"));

        Assert.That(_vm[DropReason.UplinkTxTeaming], Is.EqualTo(1));
    }

    // One host, and behind the test's own endpoint 172.16.10.99 a VM 10.1.0.9.
    private void Build(Encapsulation encapsulation, int mtu = 1700)
    {
        _fabric?.Dispose();
        _fabric = new TestFabric { Underlay = new MemoryUnderlay(mtu) };
        _host = _fabric.Host("one", encapsulation: encapsulation);
        _vm = _host.Vm(_fabric.Switch("web", Vni), "10.1.0.5");
        _outside = _fabric.Underlay.Open(IpAddress.Parse("172.16.10.99"));
        _host.Adjust = Outside(intent => intent, "web", "10.1.0.9");
        _fabric.Publish();
        _outside.ReceiveAll();
    }

    private Func<HostIntent, HostIntent> Outside(Func<HostIntent, HostIntent> before, string segment, string ip) => intent =>
    {
        intent = before(intent);
        intent.TepLists[segment].Teps.Add(new HostTep
        {
            NodeId = "outside",
            Ip = TestFabric.Bytes(_outside.Local),
            Label = 99,
            Segment = TestFabric.Bytes(IpAddress.Parse("172.16.10.0")),
            Encapsulation = _host.Encapsulation,
        });
        return intent with
        {
            RemoteMacs = new Dictionary<string, HostRemoteMac>(intent.RemoteMacs)
            {
                [$"{segment}/{ip}"] = new() { SwitchId = segment, Mac = TestFabric.Bytes(Frames.MacOf(ip)), TepIp = TestFabric.Bytes(_outside.Local) },
            },
            Neighbors = new Dictionary<string, HostNeighbor>(intent.Neighbors)
            {
                [$"{segment}/{ip}"] = new() { SwitchId = segment, Ip = TestFabric.Bytes(IpAddress.Parse(ip)), Mac = TestFabric.Bytes(Frames.MacOf(ip)) },
            },
        };
    };

    private TunnelPath To(ushort port) => new(_host.Tep.Address, 50000, port);

    private static bool IsBfd(byte[] payload) => GeneveView.TryParse(payload, out var geneve) && geneve.Vni.IsManagement;

    private static byte[] Flip(byte[] payload, int at, byte bits)
    {
        payload[at] ^= bits;
        return payload;
    }

    private static byte[] Critical(byte[] inner)
    {
        byte[] plain = inner.GenevePayload(Vni, new TepOption(9, false, false, TepKind.Host));
        plain[8] = 0x01; // another class
        plain[10] = 0x80;
        return plain;
    }

    private static TestCaseData Case(string name, byte[] payload, DropReason reason, string? from = null)
        => new TestCaseData(payload, (int)reason, from).SetArgDisplayNames(name);
}
