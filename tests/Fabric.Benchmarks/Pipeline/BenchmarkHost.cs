using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Flows;
using Fabric.Packets.Links;
using Fabric.TestKit;
using Google.Protobuf;

namespace Fabric.Benchmarks.Pipeline;

/// <summary>One host switch without I/O: a pod behind a tag, a router, and a pod on another host.</summary>
internal sealed class BenchmarkHost
{
    private const int Tag = 101;
    private static readonly MacAddress VdrMac = MacAddress.Parse("02:50:56:56:44:52");

    private readonly FramePool _pool = new();
    private readonly FrameBuffer[] _batch = new FrameBuffer[64];
    private readonly byte[] _frames;
    private readonly int _length;
    private readonly VnicPort _vnic;
    private readonly TunnelPort _tunnel;
    private long _now = 1_000_000;

    public BenchmarkHost(int flows)
    {
        var state = new HostState();
        _vnic = state.Vnic("node");
        _vnic.Link = new NoLink();
        var firewall = new DistributedFirewall(new ConnectionTable(1_000_000), FlowTimeouts.Default);
        Datapath = new Datapath(state, firewall, _pool, new HostTablesBuilder(state).Build(Intent()));
        _tunnel = new TunnelPort(new NoSocket());
        Datapath.Tunnels.Attach(_tunnel);
        byte[] first = FrameOfFlow(0);
        _length = first.Length;
        _frames = new byte[_length * flows];
        for (int flow = 0; flow < flows; flow++)
        {
            FrameOfFlow(flow).CopyTo(_frames, flow * _length);
        }
    }

    public Datapath Datapath { get; }

    public ReadOnlyMemory<byte> FrameOf(int flow) => _frames.AsMemory(flow % (_frames.Length / _length) * _length, _length);

    /// <summary>A batch of packets, each of another flow. Returns how many left.</summary>
    public int Forward(int firstFlow, int count)
    {
        for (int packet = 0; packet < count; packet++)
        {
            var buffer = _pool.Take();
            buffer.Set(FrameOf(firstFlow + packet).Span);
            _batch[packet] = buffer;
        }

        _now += 1;
        Datapath.FromVnic(_vnic, _batch.AsSpan(0, count), _now);
        int sent = _tunnel.Queued;
        foreach (var frame in _tunnel.Queue)
        {
            _pool.Give(frame);
        }

        _tunnel.ClearQueue();
        return sent;
    }

    private static byte[] FrameOfFlow(int flow)
        => Frames.Udp("10.1.0.5", "10.2.0.6", (ushort)(1000 + (flow % 50_000)), (ushort)(5000 + (flow / 50_000)), new byte[22], toMac: VdrMac).Tagged(Tag);

    private static HostIntent Intent()
    {
        var pod = new HostPort
        {
            SwitchId = "web", AdminUp = true, VifId = "pod", VifType = VifType.Child, ParentVifId = "node", TrafficTag = Tag,
            SpoofGuard = new SpoofGuardProfile { PortBindings = true },
        };
        pod.ManualBindings.Add(new AddressBinding { Mac = Bytes(Frames.MacOf("10.1.0.5")), Ip = Bytes("10.1.0.5"), PrefixLength = 32, Vlan = -1 });
        var router = new HostRouter();
        router.Interfaces.Add(Interface("web", "10.1.0.1"));
        router.Interfaces.Add(Interface("data", "10.2.0.1"));
        var section = new HostRuleSection { Stateful = true };
        for (uint rule = 0; rule < 200; rule++)
        {
            section.Rules.Add(new HostRule
            {
                Id = 2000 + rule, Action = RuleAction.Drop, AnySource = true, AnyDestination = true, AllPorts = true,
                Services = { new ServiceEntry { Protocol = 6, DestinationPorts = { new PortRange { First = 9000 + rule, Last = 9000 + rule } } } },
            });
        }

        section.Rules.Add(new HostRule { Id = 2, Action = RuleAction.Allow, AnySource = true, AnyDestination = true, AllPorts = true });
        var teps = new HostTepList();
        teps.Teps.Add(new HostTep { NodeId = "two", Ip = Bytes("172.16.10.2"), Label = 2, Segment = Bytes("172.16.10.0") });
        var settings = new HostSettings { UplinkMtu = 1700, NodeIndex = 1, FirewallEnabled = true, VdrMac = Bytes(VdrMac) };
        settings.Teps.Add(new TepConfig { Ip = Bytes("172.16.10.1"), PrefixLength = 24, Label = 1 });
        return new HostIntent
        {
            Settings = settings,
            Switches = new Dictionary<string, HostSwitchSegment>
            {
                ["nodes"] = new() { Vni = 71680, AdminUp = true },
                ["web"] = new() { Vni = 71681, AdminUp = true },
                ["data"] = new() { Vni = 71682, AdminUp = true },
            },
            Ports = new Dictionary<string, HostPort>
            {
                ["node"] = new() { SwitchId = "nodes", AdminUp = true, VifId = "node", VifType = VifType.Parent },
                ["pod"] = pod,
            },
            Routers = new Dictionary<string, HostRouter> { ["t1"] = router },
            TepLists = new Dictionary<string, HostTepList> { ["data"] = teps },
            RemoteMacs = new Dictionary<string, HostRemoteMac>
            {
                ["data/1"] = new() { SwitchId = "data", Mac = Bytes(Frames.MacOf("10.2.0.6")), TepIp = Bytes("172.16.10.2") },
            },
            Neighbors = new Dictionary<string, HostNeighbor>
            {
                ["data/1"] = new() { SwitchId = "data", Ip = Bytes("10.2.0.6"), Mac = Bytes(Frames.MacOf("10.2.0.6")) },
            },
            RuleSections = new Dictionary<string, HostRuleSection> { ["rules"] = section },
            Vnics = new Dictionary<string, Vnic> { ["node"] = new() { VifId = "node", Mac = Bytes(Frames.MacOf("10.0.0.5")) } },
        };
    }

    private static HostRouterInterface Interface(string segment, string address)
    {
        var made = new HostRouterInterface { PortId = segment, SwitchId = segment, Mac = Bytes(VdrMac), UrpfStrict = true };
        made.Addresses.Add(new InterfaceAddress { Ip = Bytes(address), PrefixLength = 24 });
        return made;
    }

    private static ByteString Bytes(string address) => ByteString.CopyFrom(IpAddress.Parse(address).ToBytes());

    private static ByteString Bytes(MacAddress mac) => ByteString.CopyFrom(mac.ToBytes());

    /// <summary>A vnic that is there.</summary>
    private sealed class NoLink : ILink
    {
        public string Name => "none";

        public int Mtu => 1500;

        public int Descriptor => -1;

        public int Receive(FramePool pool, Span<FrameBuffer> frames) => 0;

        public int Send(ReadOnlySpan<FrameBuffer> frames) => frames.Length;

        public void Dispose()
        {
        }
    }

    /// <summary>An uplink that is there.</summary>
    private sealed class NoSocket : ITunnelSocket
    {
        public IpAddress Local { get; } = IpAddress.Parse("172.16.10.1");

        public int Mtu => 1700;

        public int Descriptor => -1;

        public int Receive(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths) => 0;

        public int Send(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths) => frames.Length;

        public void Dispose()
        {
        }
    }
}
