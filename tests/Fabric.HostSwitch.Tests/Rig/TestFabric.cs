using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.HostSwitch.Tests.Rig;

/// <summary>
/// Host switches side by side on an underlay in memory, under virtual time: a test says which VMs are where, sends frames and sees what
/// arrives. It plays the controller: every host gets the tables that follow from what was said.
/// </summary>
internal sealed class TestFabric : IDisposable
{
    public static readonly MacAddress VdrMac = MacAddress.Parse("02:50:56:56:44:52");

    private readonly List<TestHost> _hosts = [];
    private readonly Dictionary<string, HostSwitchSegment> _switches = [];
    private readonly Dictionary<string, HostRouter> _routers = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemoryUnderlay Underlay { get; init; } = new(1700);

    public HostSettings Settings { get; } = new()
    {
        UplinkMtu = 1700,
        BfdIntervalMs = 1000,
        BfdMultiplier = 3,
        EmulatePmtud = true,
        FirewallEnabled = true,
    };

    public Dictionary<string, HostRuleSection> RuleSections { get; } = [];

    public Dictionary<string, HostAddressSet> AddressSets { get; } = [];

    /// <summary>Remote MACs are told to the hosts; else only frames teach them.</summary>
    public bool TellsMacs { get; set; } = true;

    /// <summary>Neighbors are told to the hosts; else ARP is flooded.</summary>
    public bool TellsNeighbors { get; set; } = true;

    public IReadOnlyList<TestHost> Hosts => _hosts;

    public TestHost Host(string name, string? tep = null, Encapsulation encapsulation = Encapsulation.Geneve)
    {
        int place = _hosts.Count + 1;
        var host = new TestHost(this, name, IpPrefix.Parse(tep ?? $"172.16.10.{place}/24"), (uint)place, encapsulation);
        _hosts.Add(host);
        return host;
    }

    public void Add(TestHost host) => _hosts.Add(host);

    public string Switch(string id, uint vni, ReplicationMode mode = ReplicationMode.Mtep, Action<HostSwitchSegment>? also = null)
    {
        var segment = new HostSwitchSegment { DisplayName = id, Vni = vni, AdminUp = true, ReplicationMode = mode };
        also?.Invoke(segment);
        _switches[id] = segment;
        return id;
    }

    /// <summary>A distributed router with an interface "id-switch" on each switch named.</summary>
    public HostRouter Router(string id, params (string Switch, string Address)[] interfaces)
    {
        var router = new HostRouter { DisplayName = id };
        foreach (var group in interfaces.GroupBy(own => own.Switch))
        {
            var made = new HostRouterInterface { PortId = $"{id}-{group.Key}", SwitchId = group.Key, Mac = Bytes(VdrMac), UrpfStrict = true };
            made.Addresses.AddRange(group.Select(own => IpPrefix.Parse(own.Address))
                .Select(prefix => new InterfaceAddress { Ip = Bytes(prefix.Address), PrefixLength = (uint)prefix.Length }));
            router.Interfaces.Add(made);
        }

        _routers[id] = router;
        return router;
    }

    public HostSwitchSegment this[string id] => _switches[id];

    /// <summary>Gives every host its tables, and lets BFD come up.</summary>
    public TestFabric Publish()
    {
        foreach (var host in _hosts)
        {
            host.Publish(IntentOf(host));
        }

        Run();
        return this;
    }

    /// <summary>Rounds of all hosts until nothing moves.</summary>
    public void Run()
    {
        for (int quiet = 0; quiet < 2;)
        {
            int moved = _hosts.Sum(host => host.Worker.RunOnce());
            quiet = moved == 0 ? quiet + 1 : 0;
        }
    }

    /// <summary>Lets time pass in small steps.</summary>
    public void Pass(TimeSpan time, int stepMs = 100)
    {
        for (double left = time.TotalMilliseconds; left > 0; left -= stepMs)
        {
            Time.Advance(TimeSpan.FromMilliseconds(Math.Min(left, stepMs)));
            Run();
        }
    }

    public HostIntent IntentOf(TestHost host)
    {
        var settings = Settings.Clone();
        settings.Encapsulation = host.Encapsulation;
        settings.NodeIndex = host.Label;
        settings.VdrMac = Bytes(VdrMac);
        settings.Teps.Add(new TepConfig { Ip = Bytes(host.Tep.Address), PrefixLength = (uint)host.Tep.Length, Label = host.Label });
        var intent = new HostIntent
        {
            Settings = settings,
            Switches = new Dictionary<string, HostSwitchSegment>(_switches),
            Routers = new Dictionary<string, HostRouter>(_routers),
            Ports = host.Ports.ToDictionary(port => port.Id, port => port.Intent),
            Vnics = host.Vnics.ToDictionary(
                vnic => vnic.VifId, vnic => new Vnic { VifId = vnic.VifId, Device = vnic.VifId, Mac = Bytes(vnic.Mac) }),
            TepLists = _switches.Keys.ToDictionary(id => id, id => TepsOf(host)),
            RemoteMacs = TellsMacs ? RemoteMacsOf(host) : [],
            Neighbors = TellsNeighbors ? NeighborsOf(host) : [],
            AddressSets = new Dictionary<string, HostAddressSet>(AddressSets),
            RuleSections = new Dictionary<string, HostRuleSection>(RuleSections),
        };
        return host.Adjust(intent);
    }

    public static ByteString Bytes(IpAddress address) => ByteString.CopyFrom(address.ToBytes());

    public static ByteString Bytes(MacAddress mac) => ByteString.CopyFrom(mac.ToBytes());

    public static AddressBinding Binding(string ip, MacAddress mac, int vlan = -1)
    {
        var prefix = IpPrefix.Parse(ip);
        return new AddressBinding { Mac = Bytes(mac), Ip = Bytes(prefix.Address), PrefixLength = (uint)prefix.Length, Vlan = vlan };
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
        }
    }

    private HostTepList TepsOf(TestHost except)
    {
        var list = new HostTepList();
        list.Teps.AddRange(_hosts.Where(host => host != except).Select(host => new HostTep
        {
            NodeId = host.Name,
            Ip = Bytes(host.Tep.Address),
            Label = host.Label,
            Segment = Bytes(host.Tep.Network),
            Encapsulation = host.Encapsulation,
        }));
        return list;
    }

    private Dictionary<string, HostRemoteMac> RemoteMacsOf(TestHost except)
        => _hosts.Where(host => host != except)
            .SelectMany(host => host.Ports.Select(port => (host, port)))
            .ToDictionary(
                pair => $"{pair.port.Switch}/{pair.port.Mac}",
                pair => new HostRemoteMac { SwitchId = pair.port.Switch, Mac = Bytes(pair.port.Mac), TepIp = Bytes(pair.host.Tep.Address) });

    private Dictionary<string, HostNeighbor> NeighborsOf(TestHost except)
        => _hosts.Where(host => host != except)
            .SelectMany(host => host.Ports)
            .SelectMany(port => port.Addresses.Select(address => (port, address)))
            .ToDictionary(
                pair => $"{pair.port.Switch}/{pair.address}",
                pair => new HostNeighbor
                {
                    SwitchId = pair.port.Switch,
                    Ip = Bytes(IpAddress.Parse(pair.address)),
                    Mac = Bytes(pair.port.Mac),
                });
}
