using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>What the manager is told of ports and switches as they are, from what hosts reported.</summary>
internal sealed class RuntimeViews
{
    private readonly FabricIntent _intent;
    private readonly FabricFacts _facts;
    private readonly Placement _placement;
    private readonly Bindings _bindings;
    private readonly HostTables _tables;

    public RuntimeViews(
        DerivationGraph graph, FabricIntent intent, FabricFacts facts, Placement placement, Bindings bindings, HostTables tables)
    {
        _intent = intent;
        _facts = facts;
        _placement = placement;
        _bindings = bindings;
        _tables = tables;
        Ports = new Derived<string, PortRuntime>(graph, DescribePort);
        Switches = new Derived<string, SwitchTables>(graph, DescribeSwitch);
    }

    public Derived<string, PortRuntime> Ports { get; }

    public Derived<string, SwitchTables> Switches { get; }

    private PortRuntime DescribePort(string id)
    {
        var result = new PortRuntime { PortId = id };
        if (_intent.Ports[id] is null)
        {
            result.Gone = true;
            return result;
        }

        string node = _placement.NodeOf(id);
        if (node != Placement.Nowhere)
        {
            result.Attached = true;
            result.NodeIds.Add(node);
            result.OperationalUp = _placement.IsActive(id) && _placement.IsLinkUp(id);
        }

        result.Discovered.AddRange(_facts.Discovery(id)?.Discovered ?? []);
        result.Realized.AddRange(_bindings.RealizedOf(id).Select(binding => binding.ToMessage()));
        result.Duplicates.AddRange(_bindings.WithheldOf(id));
        result.Macs.AddRange(_bindings.MacsOf(id).Select(mac => new MacEntry { Mac = Bytes(mac) }));
        result.Macs.AddRange((_facts.Learned(id)?.Macs ?? []).Where(mac => mac.Learned));
        return result;
    }

    private SwitchTables DescribeSwitch(string id)
    {
        var result = new SwitchTables { LogicalSwitchId = id, Gone = _intent.Switches[id] is null };
        if (_intent.Switches[id] is not { Vni: > 0 })
        {
            return result;
        }

        result.Teps.AddRange(_tables.TepsOf(id).Select(tep
            => new SwitchTep { Label = tep.Label, Ip = tep.Ip, Segment = tep.Segment, NodeId = tep.NodeId }));
        result.Macs.AddRange(_tables.MacsOf(id).Where(row => row.Tep is not null).OrderBy(row => row.Mac.Value).Select(row
            => new SwitchMac { Mac = Bytes(row.Mac), TepIp = ByteString.CopyFrom(row.Tep!.Value.ToBytes()), NodeId = row.Node, PortId = row.Port }));
        result.Arps.AddRange(_tables.NeighborsOf(id).OrderBy(row => row.Ip).Select(row
            => new SwitchArp { Ip = ByteString.CopyFrom(row.Ip.ToBytes()), Mac = Bytes(row.Mac), NodeId = row.Node }));
        return result;
    }

    private static ByteString Bytes(MacAddress mac) => ByteString.CopyFrom(mac.ToBytes());
}
