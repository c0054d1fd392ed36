using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Rig;

/// <summary>One host switch of a <see cref="TestFabric"/>, with its vnics as wires in memory.</summary>
internal sealed class TestHost : ILinkSource, IDisposable
{
    private readonly TestFabric _fabric;
    private readonly HostState _state = new();
    private readonly HostTablesBuilder _builder;
    private readonly Dictionary<string, MemoryLink> _wires = [];
    private PacketWorker? _worker;
    private Datapath? _datapath;

    public TestHost(TestFabric fabric, string name, IpPrefix tep, uint label, Encapsulation encapsulation)
    {
        _fabric = fabric;
        _builder = new HostTablesBuilder(_state);
        Name = name;
        Tep = tep;
        Label = label;
        Encapsulation = encapsulation;
    }

    public string Name { get; }

    public IpPrefix Tep { get; }

    public uint Label { get; }

    public Encapsulation Encapsulation { get; }

    public List<TestPort> Ports { get; } = [];

    public List<TestVnic> Vnics { get; } = [];

    /// <summary>A last change to what this host is told.</summary>
    public Func<HostIntent, HostIntent> Adjust { get; set; } = intent => intent;

    public bool UsesFlowCache { get; init; } = true;

    /// <summary>Devices that are not there.</summary>
    public HashSet<string> Missing { get; } = [];

    public ConnectionTable Connections { get; } = new(10_000);

    public PacketWorker Worker => _worker ?? throw new InvalidOperationException("Publish first");

    public Datapath Datapath => _datapath!;

    public HostCounters Counters => Datapath.Context.Counters;

    public long this[DropReason reason] => Counters[reason];

    public long this[HostEvent happened] => Counters[happened];

    /// <summary>A VM with a port of its own; its MAC follows from its address unless given.</summary>
    public TestPort Vm(string segment, string address, Action<HostPort>? also = null, MacAddress? mac = null, int mtu = 1500, string? id = null)
    {
        var vnic = AddVnic($"vif-{address}", mac ?? Frames.MacOf(address), mtu);
        return AddPort(new HostPort { VifType = VifType.Normal }, id ?? $"port-{address}", segment, vnic, -1, [address], vnic.Mac, also);
    }

    /// <summary>A node VM: a vnic with its parent port.</summary>
    public TestPort Node(string segment, string address)
        => Vm(segment, address, port => port.VifType = VifType.Parent);

    /// <summary>A pod behind a tag of a node VM, bound to its address as NCP binds it.</summary>
    public TestPort Pod(string segment, TestPort node, ushort tag, string address, Action<HostPort>? also = null)
    {
        var mac = Frames.MacOf(address);
        var port = new HostPort { VifType = VifType.Child, ParentVifId = node.Vnic.VifId, TrafficTag = tag };
        port.ManualBindings.Add(TestFabric.Binding(address, mac));
        return AddPort(port, $"pod-{address}", segment, node.Vnic, tag, [address], mac, also);
    }

    public void Publish(HostIntent intent)
    {
        var tables = _builder.Build(intent);
        if (_worker is null)
        {
            _worker = new PacketWorker(_state, tables, new DistributedFirewall(Connections, Packets.Flows.FlowTimeouts.Default), this, "uplink", _fabric.Time);
            var asked = _worker.AskAsync(datapath => datapath);
            _worker.RunOnce();
            _datapath = asked.Result;
            _datapath.UsesFlowCache = UsesFlowCache;
        }
        else
        {
            _worker.Publish(tables);
        }

        foreach (var vnic in Vnics)
        {
            _worker.Plug(vnic.VifId, vnic.VifId, 0);
        }
    }

    public PortCounters CountersOf(TestPort port) => Datapath.Tables.Ports[port.Id].State.Counters;

    public LogicalPort LogicalPort(TestPort port) => Datapath.Tables.Ports[port.Id];

    public ILink? OpenVnic(string device) => Missing.Contains(device) ? null : _wires[device];

    public ITunnelSocket? OpenTunnel(string uplink, IpPrefix local) => _fabric.Underlay.Open(local.Address);

    public void Dispose() => _worker?.Dispose();

    /// <summary>A new wire for a device that went.</summary>
    public void Rewire(TestVnic vnic)
    {
        var (near, far) = MemoryLink.CreatePair(vnic.VifId, vnic.Mtu, capacity: 4096);
        _wires[vnic.VifId] = near;
        vnic.Far = far;
    }

    private TestVnic AddVnic(string vifId, MacAddress mac, int mtu)
    {
        var vnic = new TestVnic(vifId, mac, mtu);
        Rewire(vnic);
        Vnics.Add(vnic);
        return vnic;
    }

    private TestPort AddPort(
        HostPort intent, string id, string segment, TestVnic vnic, int tag, string[] addresses, MacAddress mac, Action<HostPort>? also)
    {
        intent.DisplayName = id;
        intent.SwitchId = segment;
        intent.AdminUp = true;
        intent.VifId = tag < 0 ? vnic.VifId : $"vif-{id}";
        also?.Invoke(intent);
        var port = new TestPort(_fabric, this, id, segment, vnic, tag, addresses, mac, intent);
        Ports.Add(port);
        return port;
    }
}
