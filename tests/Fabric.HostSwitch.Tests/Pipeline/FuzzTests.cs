using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>
/// Frames of every protocol, cut, damaged and glued, into a vnic and into the uplink: nothing throws, every frame is accounted for by
/// name, and nothing reaches a port of another network.
/// </summary>
internal sealed class FuzzTests
{
    private const uint Vni = 71680;
    private const int Rounds = 6000;

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    public void Nothing_from_a_vnic_throws_is_lost_without_a_name_or_leaks(int seed)
    {
        using var lab = new Lab();
        var random = new Random(seed);
        long sent = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var frame = Mutate(Seeds()[random.Next(Seeds().Count)], random);
            if (lab.Node.Vnic.Far.Send(random.Next(3) == 0 ? frame.Length >= 12 ? frame.Tagged((ushort)random.Next(1, 6)) : frame : frame) == 0)
            {
                continue; // longer than the wire takes
            }

            sent++;
            lab.Fabric.Run();
            lab.Drain();
        }

        lab.Settle();
        AssertAccounted(lab.Host, sent, received: lab.Host.Datapath.Received);
        lab.AssertNoLeak();
    }

    [TestCase(21)]
    [TestCase(22)]
    [TestCase(23)]
    public void Nothing_from_the_uplink_throws_is_lost_without_a_name_or_leaks(int seed)
    {
        using var lab = new Lab();
        var random = new Random(seed);
        long sent = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var inner = random.Next(2) == 0 ? Seeds()[random.Next(Seeds().Count)] : Mutate(Seeds()[random.Next(Seeds().Count)], random);
            var payload = random.Next(2) == 0
                ? inner.GenevePayload(random.Next(8) == 0 ? 0 : Vni, random.Next(2) == 0 ? new TepOption(99, false, random.Next(2) == 0, TepKind.Host) : null)
                : inner.VxlanPayload(Vni, (byte)random.Next(8));
            payload = random.Next(2) == 0 ? payload : Mutate(payload, random);
            ushort port = random.Next(4) == 0 ? (ushort)4789 : (ushort)6081;
            if (lab.Outside.Send(payload, new TunnelPath(lab.Host.Tep.Address, 50000, port)) == 1)
            {
                sent++;
            }

            lab.Fabric.Run();
            lab.Drain();
        }

        lab.Settle();
        AssertAccounted(lab.Host, sent, received: lab.Host.Datapath.Received);
        lab.AssertNoLeak();
    }

    private static void AssertAccounted(TestHost host, long sent, FrameTally received)
    {
        Assert.That(received.Total, Is.EqualTo(sent), "every frame came in");
        Assert.That(received.Forwarded + received.Consumed + received.Dropped, Is.EqualTo(received.Total), "and came to one end");
        Assert.That(host.Counters.Drops.Sum(), Is.GreaterThanOrEqualTo(received.Dropped), "each drop under a name");
        Assert.That(received.Dropped, Is.GreaterThan(0));
    }

    private static IReadOnlyList<byte[]> Seeds() => AllSeeds.Value;

    private static readonly Lazy<IReadOnlyList<byte[]>> AllSeeds = new(() =>
    {
        var own = Frames.MacOf("10.1.0.5");
        var vdr = TestFabric.VdrMac;
        return
        [
            Frames.Udp("10.1.0.5", "10.1.0.6"),
            Frames.Udp("10.1.0.5", "10.2.0.6", toMac: vdr),
            Frames.Udp("10.1.0.5", "10.1.0.99"),
            Frames.Tcp("10.1.0.5", "10.1.0.6", options: [2, 4, 5, 180, 1, 3, 3, 7]),
            Frames.Tcp("10.1.0.5", "10.2.0.6", flags: TcpFlags.Ack, payload: Frames.Pattern(300), toMac: vdr),
            Frames.Sctp("10.1.0.5", "10.1.0.6"),
            Frames.Ping("10.1.0.5", "10.1.0.6"),
            Frames.Ping("10.1.0.5", "10.1.0.1", toMac: vdr),
            Frames.Ping("2001:db8:1::5", "2001:db8:1::1", fromMac: own, toMac: vdr),
            Frames.IcmpError("10.1.0.5", "10.1.0.6", new IcmpHeader(IcmpType.DestinationUnreachable, 3), Frames.Udp("10.1.0.6", "10.1.0.5")),
            Frames.ArpRequest("10.1.0.5", "10.1.0.6"),
            Frames.ArpRequest("10.1.0.5", "10.1.0.1"),
            Frames.ArpReply("10.1.0.5", "10.1.0.6"),
            Frames.NeighborSolicitation("2001:db8:1::5", "2001:db8:1::1", own),
            Frames.NeighborAdvertisement("2001:db8:1::5", "ff02::1", own),
            Frames.Dhcp(new DhcpHeader(DhcpMessageType.Discover, 7, own) { Options = new byte[] { 55, 3, 1, 3, 6 } }),
            Frames.Dhcp(new DhcpHeader(DhcpMessageType.Ack, 7, own) { YourAddress = IpAddress.Parse("10.1.0.50"), Options = new byte[] { 51, 4, 0, 0, 1, 0 } }, "10.1.0.5", "10.1.0.6"),
            Frames.Udp("10.1.0.5", "10.1.0.6", payload: Frames.Pattern(1400)).Fragments(700)[0],
            Frames.Udp("10.1.0.5", "10.1.0.6", payload: Frames.Pattern(1400)).Fragments(700)[1],
            Frames.Udp("2001:db8:1::5", "2001:db8:1::6", payload: Frames.Pattern(1400), fromMac: own).Fragments(700)[0],
            Frames.Udp("10.1.0.5", "10.1.0.6").Tagged(3).Tagged(4, type: EtherType.ServiceVlan),
            Frames.Udp("10.1.0.5", "10.1.0.6").Geneve("10.1.0.5", "10.1.0.6", Vni),
            Frames.Udp("10.1.0.5", "10.1.0.6").Vxlan("10.1.0.5", "10.1.0.6", Vni),
            Wrapping.BfdFrame("172.16.10.99", "172.16.10.1", new BfdHeader(BfdState.Down, 9, 0)),
            Frames.Udp("10.1.0.5", "10.1.0.6").OfType(0x88CC),
        ];
    });

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] frame = [.. seed];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            switch (random.Next(6))
            {
                case 0:
                    frame = frame[..random.Next(frame.Length + 1)];
                    break;
                case 1:
                    frame = [.. frame, .. Frames.Pattern(random.Next(40))];
                    break;
                case 2 when frame.Length > 0:
                    frame[random.Next(frame.Length)] = (byte)random.Next(256);
                    break;
                case 3 when frame.Length > 2:
                    frame[random.Next(Math.Min(60, frame.Length))] = (byte)(random.Next(2) * 255);
                    break;
                case 4 when frame.Length > 40:
                    random.NextBytes(frame.AsSpan(random.Next(14, 40), 1));
                    break;
                default:
                    frame = frame.Length == 0 ? frame : frame.WithBitFlipped(random.Next(frame.Length * 8));
                    break;
            }
        }

        return frame;
    }

    /// <summary>A host with everything switched on, and a port of another network that must hear nothing.</summary>
    private sealed class Lab : IDisposable
    {
        private readonly TestPort _stranger;
        private readonly TestPort[] _all;

        public Lab()
        {
            Host = Fabric.Host("one");
            string web = Fabric.Switch("web", Vni);
            string data = Fabric.Switch("data", Vni + 1);
            string other = Fabric.Switch("other", Vni + 2);
            Fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"), (web, "2001:db8:1::1/64"));
            var security = new SwitchSecurityProfile { BpduFilter = true, DhcpServerBlockV4 = true, RaGuard = true };
            Node = Host.Vm(web, "10.1.0.5", port =>
            {
                port.VifType = VifType.Parent;
                port.MacManagement = new() { Learning = true, UnicastFlooding = true, LearningLimit = 8 };
                port.IpDiscovery = new() { ArpSnooping = true, ArpBindingsLimit = 4, NdSnooping = true, NdBindingsLimit = 4, DhcpSnooping = true };
                port.SwitchSecurity = security;
            });
            var pod = Host.Pod(web, Node, 1, "10.1.0.7", port => port.SpoofGuard = new() { PortBindings = true });
            var peer = Host.Vm(web, "10.1.0.6");
            var far = Host.Vm(data, "10.2.0.6");
            _stranger = Host.Vm(other, "10.3.0.5", port => port.MacManagement = new() { Learning = true, UnicastFlooding = true });
            _all = [Node, pod, peer, far];
            Outside = Fabric.Underlay.Open(IpAddress.Parse("172.16.10.99"));
            Host.Adjust = intent =>
            {
                foreach (var list in intent.TepLists.Values)
                {
                    list.Teps.Add(new HostTep { Ip = TestFabric.Bytes(Outside.Local), Label = 99, Segment = TestFabric.Bytes(IpAddress.Parse("172.16.10.0")) });
                }

                return intent;
            };
            var section = new HostRuleSection { Stateful = true };
            section.Rules.Add(new HostRule
            {
                Id = 9, Action = RuleAction.Reject, AnySource = true, AnyDestination = true, AllPorts = true,
                Services = { new ServiceEntry { Protocol = 132 } },
            });
            section.Rules.Add(new HostRule { Id = 2, Action = RuleAction.Allow, AnySource = true, AnyDestination = true, AllPorts = true });
            Fabric.RuleSections["rules"] = section;
            Fabric.Publish();
            Drain();
            Host.Datapath.ResetTally();
        }

        public TestFabric Fabric { get; } = new();

        public TestHost Host { get; }

        public TestPort Node { get; }

        public MemoryTunnelSocket Outside { get; }

        public void Drain()
        {
            Outside.ReceiveAll();
            foreach (var port in _all)
            {
                port.Vnic.Far.ReceiveAll();
            }
        }

        /// <summary>What waits for a neighbor comes to its end.</summary>
        public void Settle() => Fabric.Pass(TimeSpan.FromSeconds(5));

        public void AssertNoLeak() => Assert.That(_stranger.Received(), Is.Empty);

        public void Dispose()
        {
            Fabric.Dispose();
            Outside.Dispose();
            Host.Dispose();
        }
    }
}
