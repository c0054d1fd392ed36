using Fabric.Contracts.V1;
using Fabric.HostSwitch.Flows;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Flows;

/// <summary>The flow cache changes how long a frame takes and nothing else (reference: nsx-dataplane.md, 10.4).</summary>
internal sealed class FlowCacheTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Deliveries_counters_rules_and_connections_are_the_same_with_and_without_it(int seed)
    {
        using var with = new Story(usesCache: true);
        using var without = new Story(usesCache: false);
        var random = new Random(seed);
        for (int step = 0; step < 1500; step++)
        {
            int choice = random.Next();
            Assert.That(with.Step(choice), Is.EqualTo(without.Step(choice)), $"seed {seed}, step {step}");
        }

        Assert.That(with.Counters(), Is.EqualTo(without.Counters()), $"seed {seed}");
        Assert.That(with.FastFrames, Is.GreaterThan(500));
        Assert.That(without.FastFrames, Is.Zero);
    }

    [Test]
    public void A_new_generation_voids_what_was_remembered()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        fabric.Publish();
        var frame = Frames.Udp("10.1.0.5", "10.1.0.6");
        a.Send(frame, frame, frame);
        Assert.That(host[HostEvent.FastpathRx], Is.EqualTo(2));
        b.Received();

        fabric.RuleSections["deny"] = DropAll();
        fabric.Publish();
        a.Send(frame);

        Assert.That(b.Received(), Is.Empty);
        Assert.That(a[DropReason.FirewallRuleRx], Is.EqualTo(1));
    }

    [Test]
    public void A_cached_frame_whose_time_to_live_would_end_takes_the_stages()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        string data = fabric.Switch("data", 71681);
        fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"));
        var node = host.Node(web, "10.1.0.9");
        var (a, b) = (host.Pod(web, node, 1, "10.1.0.5"), host.Pod(data, node, 2, "10.2.0.5"));
        fabric.Publish();
        a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac), Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac));
        Assert.That(b.Received(), Has.Count.EqualTo(2));

        a.Send(Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac, ttl: 1));

        Assert.That(b.Received(), Is.Empty);
        Assert.That(a[DropReason.TtlIpv4], Is.EqualTo(1));
    }

    [Test]
    public void It_holds_more_flows_than_it_began_with()
    {
        var cache = new FlowCache(slots: 64);
        var keys = new List<CacheKey>();
        for (ushort port = 1001; port <= 6000; port++)
        {
            var frame = Frames.Udp("10.1.0.5", "10.1.0.6", port);
            _ = FrameLayout.Parse(frame, out var layout);
            Assert.That(CacheKey.TryMake(frame, layout, 1, out var key));
            var action = cache.Claim(in key, epoch: 1);
            action.Epoch = 1;
            action.Hops = (byte)port;
            keys.Add(key);
        }

        int found = 0;
        for (int place = 0; place < keys.Count; place++)
        {
            var key = keys[place];
            if (cache.TryFind(in key, 1, out var action))
            {
                Assert.That(action.Hops, Is.EqualTo((byte)(place + 1001)));
                found++;
            }
        }

        Assert.That(found, Is.GreaterThan(4900));
    }

    [Test]
    public void An_established_flow_allocates_nothing_per_packet_through_the_real_pipeline()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string nodes = fabric.Switch("nodes", 71680);
        string web = fabric.Switch("web", 71681);
        string data = fabric.Switch("data", 71682);
        fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"));
        var (first, second) = (one.Node(nodes, "10.0.0.5"), two.Node(nodes, "10.0.0.6"));
        var guard = new SpoofGuardProfile { PortBindings = true };
        var a = one.Pod(web, first, 101, "10.1.0.5", port => port.SpoofGuard = guard);
        var b = two.Pod(data, second, 102, "10.2.0.5", port => port.SpoofGuard = guard);
        fabric.RuleSections["allow"] = AllowAll();
        fabric.Publish();
        var buffer = new FrameBuffer();
        buffer.Set(Frames.Udp("10.1.0.5", "10.2.0.5", toMac: TestFabric.VdrMac).Tagged(101));
        var sink = new FramePool();
        var drain = new FrameBuffer[64];
        FrameBuffer[] batch = [.. Enumerable.Repeat(buffer, 32)];

        void Exchange()
        {
            first.Vnic.Far.Send(batch);
            one.Worker.RunOnce();
            two.Worker.RunOnce();
            for (int count = second.Vnic.Far.Receive(sink, drain); count > 0; count = second.Vnic.Far.Receive(sink, drain))
            {
                foreach (var frame in drain.AsSpan(0, count))
                {
                    sink.Give(frame);
                }
            }
        }

        for (int warm = 0; warm < 200; warm++)
        {
            Exchange();
        }

        long fastBefore = one[HostEvent.FastpathRx] + two[HostEvent.FastpathRx];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Exchange();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(one[HostEvent.FastpathRx] + two[HostEvent.FastpathRx] - fastBefore, Is.EqualTo(2 * 100 * 32));
        Assert.That(allocated, Is.Zero);
        Assert.That(b.Counters.TxPackets, Is.EqualTo(a.Counters.RxPackets));
    }

    private static HostRuleSection AllowAll() => Section(RuleAction.Allow);

    private static HostRuleSection DropAll() => Section(RuleAction.Drop);

    private static HostRuleSection Section(RuleAction action)
    {
        var section = new HostRuleSection { Stateful = true };
        section.Rules.Add(new HostRule { Id = 2, Action = action, AnySource = true, AnyDestination = true, AllPorts = true });
        return section;
    }

    /// <summary>Two hosts with pods and a router, to which the same things happen in the same order.</summary>
    private sealed class Story : IDisposable
    {
        private readonly TestFabric _fabric = new();
        private readonly TestPort[] _ports;
        private readonly uint[] _sequence = new uint[64];
        private int _generation;

        public Story(bool usesCache)
        {
            var one = new TestHost(_fabric, "one", Packets.Addresses.IpPrefix.Parse("172.16.10.1/24"), 1, Encapsulation.Geneve) { UsesFlowCache = usesCache };
            var two = new TestHost(_fabric, "two", Packets.Addresses.IpPrefix.Parse("172.16.10.2/24"), 2, Encapsulation.Geneve) { UsesFlowCache = usesCache };
            _fabric.Add(one);
            _fabric.Add(two);
            string nodes = _fabric.Switch("nodes", 71680);
            string web = _fabric.Switch("web", 71681);
            string data = _fabric.Switch("data", 71682);
            _fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"));
            var (first, second) = (one.Node(nodes, "10.0.0.5"), two.Node(nodes, "10.0.0.6"));
            _ports =
            [
                one.Pod(web, first, 1, "10.1.0.5"), one.Pod(data, first, 2, "10.2.0.5"),
                two.Pod(web, second, 1, "10.1.0.6"), two.Pod(data, second, 2, "10.2.0.6"),
            ];
            _fabric.RuleSections["rules"] = Rules();
            _fabric.Publish();
        }

        public long FastFrames => _fabric.Hosts.Sum(host => host[HostEvent.FastpathRx]);

        /// <summary>One thing happens; what it led to, as text.</summary>
        public string Step(int choice)
        {
            var from = _ports[choice % 4];
            var to = _ports[(choice / 4) % 4];
            int kind = (choice / 16) % 40;
            ushort port = (ushort)(1000 + ((choice / 1024) % 3));
            bool isRouted = from.Switch != to.Switch;
            var mac = isRouted ? TestFabric.VdrMac : to.Mac;
            byte ttl = (byte)(kind % 7 == 0 ? 1 : 64);
            switch (kind)
            {
                case < 14:
                    var datagram = Frames.Udp(from.Ip, to.Ip, port, (ushort)(kind == 3 ? 666 : 53), Frames.Pattern(kind * 100), toMac: mac, ttl: ttl);
                    from.Send(datagram, datagram, datagram);
                    break;
                case < 28:
                    ref uint sequence = ref _sequence[(choice % 16) + (16 * (port - 1000))];
                    var flags = kind switch { 14 or 15 => TcpFlags.Syn, 16 => TcpFlags.Fin | TcpFlags.Ack, 17 => TcpFlags.Rst, _ => TcpFlags.Ack };
                    from.Send(Frames.Tcp(from.Ip, to.Ip, port, port, flags, 1000 + sequence, 1, Frames.Pattern(kind), toMac: mac));
                    sequence += (uint)kind;
                    break;
                case < 34:
                    from.Send(Frames.Ping(from.Ip, to.Ip, port, toMac: mac, ttl: ttl));
                    break;
                case 34:
                    from.Send(Frames.Udp(to.Ip, from.Ip, fromMac: from.Mac, toMac: mac));
                    break;
                case 35:
                    from.Send(Frames.Udp(from.Ip, "255.255.255.255", port));
                    break;
                case 36:
                    from.Send(Frames.ArpRequest(from.Ip, to.Ip));
                    break;
                case 37 when choice / 1024 % 4 == 0:
                    _generation++;
                    _fabric.RuleSections["rules"] = Rules();
                    _fabric.Publish();
                    break;
                case 37 or 38 when choice / 1024 % 4 == 1:
                    _fabric.Pass(TimeSpan.FromSeconds(choice / 1024 % 40), stepMs: 1000);
                    break;
                default:
                    from.Send([.. Frames.Udp(from.Ip, to.Ip, port, 53, Frames.Pattern(1500), toMac: mac).Fragments(700)]);
                    break;
            }

            return string.Join("\n", _ports.Select(at => string.Join(",", at.Received().Select(Convert.ToHexString))));
        }

        public string Counters()
        {
            var lines = new List<string>();
            foreach (var port in _ports)
            {
                var own = port.Counters;
                lines.Add($"{port.Id} {own.RxPackets} {own.RxBytes} {own.RxDropped} {own.RxMulticastBroadcast}"
                    + $" {own.TxPackets} {own.TxBytes} {own.TxDropped} {own.TxMulticastBroadcast} {string.Join(",", own.Drops)}");
            }

            foreach (var host in _fabric.Hosts)
            {
                lines.Add(string.Join(",", host.Counters.Drops));
                lines.Add(string.Join(",", Enum.GetValues<HostEvent>()
                    .Where(happened => happened is not (HostEvent.FastpathRx or HostEvent.FastpathMiss))
                    .Select(happened => host[happened])));
                lines.Add(string.Join(";", host.Datapath.Tables.Rules.Counters.OrderBy(rule => rule.RuleId).Select(rule => rule.Read("").ToString())));
            }

            return string.Join("\n", lines);
        }

        public void Dispose() => _fabric.Dispose();

        private HostRuleSection Rules()
        {
            var section = new HostRuleSection { Stateful = true };
            if (_generation % 2 == 1)
            {
                section.Rules.Add(Rule(10, RuleAction.Reject, new ServiceEntry { Protocol = 6, DestinationPorts = { new PortRange { First = 1001, Last = 1001 } } }));
            }

            section.Rules.Add(Rule(11, RuleAction.Drop, new ServiceEntry { Protocol = 17, DestinationPorts = { new PortRange { First = 666, Last = 666 } } }));
            section.Rules.Add(Rule(2, RuleAction.Allow, null));
            return section;
        }

        private static HostRule Rule(uint id, RuleAction action, ServiceEntry? service)
        {
            var rule = new HostRule { Id = id, Action = action, AnySource = true, AnyDestination = true, AllPorts = true };
            if (service is not null)
            {
                rule.Services.Add(service);
            }

            return rule;
        }
    }
}
