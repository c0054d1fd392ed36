using Fabric.Contracts.V1;
using Fabric.Controller.Intent;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>A MAC of a switch and where it is.</summary>
internal readonly record struct MacRow(MacAddress Mac, string Node, string Port, IpAddress? Tep);

/// <summary>An IP of a switch, whose it is, and where.</summary>
internal readonly record struct NeighborRow(IpAddress Ip, MacAddress Mac, string Node, BindingSource Source, long Since, string Port);

/// <summary>The TEP, MAC and ARP tables of a switch (reference: nsx-dataplane.md, 6.3).</summary>
internal sealed class HostTables(FabricIntent intent, Placement placement, Bindings bindings, Spans spans)
{
    /// <summary>The TEPs of every node that has joined the switch.</summary>
    public IEnumerable<HostTep> TepsOf(string switchId)
        => intent.Switches[switchId] is not { Vni: > 0 }
            ? []
            : spans.NodesOf(switchId).Union(spans.ExternalNodesOf(switchId)).SelectMany(TepsOfNode);

    /// <summary>Where each MAC of the switch is; first come, by port id, where two claim one.</summary>
    public IEnumerable<MacRow> MacsOf(string switchId)
    {
        var attached = intent.PortsOfSwitch[switchId]
            .Where(placement.IsActive)
            .SelectMany(port => bindings.MacsOf(port).Select(mac => new MacRow(mac, placement.NodeOf(port), port, TepOf(placement.NodeOf(port)))));
        return attached.Concat(ExternalMacsOf(switchId).Select(pair
                => new MacRow(MacAddress.Read(pair.Mac.Mac.Span), pair.Node, "", TepOf(pair.Node))))
            .DistinctBy(row => row.Mac);
    }

    /// <summary>Who answers for each address of the switch: stated bindings before discovered ones, older before younger.</summary>
    public IEnumerable<NeighborRow> NeighborsOf(string switchId)
    {
        var rows = new Dictionary<IpAddress, NeighborRow>();
        foreach (string port in intent.PortsOfSwitch[switchId].Where(placement.IsActive))
        {
            var macs = bindings.MacsOf(port);
            foreach (var binding in bindings.RealizedOf(port))
            {
                if (binding.Address is { IsUnspecified: false } ip && (binding.Mac ?? (macs.Count > 0 ? macs[0] : null)) is { } mac)
                {
                    Add(new NeighborRow(ip, mac, placement.NodeOf(port), binding.Source, binding.Timestamp, port));
                }
            }
        }

        foreach (var (node, known) in ExternalMacsOf(switchId))
        {
            if (IpAddress.TryRead(known.Ip.Span, out var ip))
            {
                Add(new NeighborRow(ip, MacAddress.Read(known.Mac.Span), node, BindingSource.UserDefined, 0, ""));
            }
        }

        return rows.Values;

        void Add(NeighborRow row)
        {
            if (!rows.TryGetValue(row.Ip, out var known) || Precedence(row).CompareTo(Precedence(known)) < 0)
            {
                rows[row.Ip] = row;
            }
        }
    }

    private static (bool, long) Precedence(NeighborRow row) => (row.Source != BindingSource.UserDefined, row.Since);

    private IEnumerable<(string Node, ExternalMac Mac)> ExternalMacsOf(string switchId)
        => spans.ExternalNodesOf(switchId).SelectMany(node => intent.Nodes[node]!.ExternalMacs
            .Where(mac => mac.LogicalSwitchId == switchId && mac.Mac.Length == MacAddress.Length)
            .Select(mac => (node, mac)));

    private IpAddress? TepOf(string node)
        => intent.Nodes[node]?.Teps is { Count: > 0 } teps && IpAddress.TryRead(teps[0].Ip.Span, out var ip) ? ip : null;

    private IEnumerable<HostTep> TepsOfNode(string node)
    {
        var config = intent.Nodes[node]!;
        foreach (var tep in config.Teps)
        {
            if (IpAddress.TryRead(tep.Ip.Span, out var ip) && tep.PrefixLength <= ip.Length * 8)
            {
                yield return new HostTep
                {
                    NodeId = node,
                    Ip = tep.Ip,
                    Label = tep.Label,
                    Segment = ByteString.CopyFrom(new IpPrefix(ip, (int)tep.PrefixLength).Network.ToBytes()),
                    Encapsulation = config.Encapsulation,
                };
            }
        }
    }
}
