using Fabric.Contracts.V1;
using Fabric.Controller.Intent;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>Writes out what a host is told, one bundle at a time.</summary>
internal sealed class HostObjects(
    FabricIntent intent,
    Placement placement,
    PortProfiles profiles,
    Bindings bindings,
    Spans spans,
    Routing routing,
    HostTables tables,
    AddressSets addressSets,
    Firewall firewall)
{
    private const uint DefaultBfdInterval = 1000; // milliseconds (reference: nsx-dataplane.md, 1.7)
    private const uint BfdMultiplier = 3;
    private const uint DefaultUplinkMtu = 1700; // physical_uplink_mtu (1.2)

    public Bundle Describe(BundleKey key) => key.Kind switch
    {
        HostKind.Settings => One(key, DescribeSettings(key.Id), (item, value) => item.Settings = value),
        HostKind.Switch => One(key, DescribeSwitch(key.Id), (item, value) => item.Switch = value),
        HostKind.Port => One(key, DescribePort(key.Id), (item, value) => item.Port = value),
        HostKind.Router => One(key, routing.Describe(key.Id), (item, value) => item.Router = value),
        HostKind.TepList => One(key, DescribeTeps(key.Id, key.Node), (item, value) => item.TepList = value),
        HostKind.AddressSet => One(key, addressSets.Describe(key.Id), (item, value) => item.AddressSet = value),
        HostKind.RuleSection => One(key, firewall.Describe(key.Id, key.Node), (item, value) => item.RuleSection = value),
        HostKind.RemoteMac => new Bundle(tables.MacsOf(key.Id).Where(row => row.Tep is not null).Select(row => Remote(key.Id, row))),
        HostKind.Neighbor => new Bundle(tables.NeighborsOf(key.Id).Select(row => Neighbor(key.Id, row))),
        _ => Bundle.Empty,
    };

    private HostSettings? DescribeSettings(string nodeId)
    {
        if (intent.Nodes[nodeId] is not { External: false } node)
        {
            return null;
        }

        var settings = intent.Settings.Ids.Select(id => intent.Settings[id]).FirstOrDefault();
        var overlay = node.TransportZoneIds.Select(id => (Id: id, Zone: intent.Zones[id])).FirstOrDefault(pair => pair.Zone is { Overlay: true });
        var result = new HostSettings
        {
            Encapsulation = node.Encapsulation,
            UplinkMtu = node.Mtu > 0 ? node.Mtu : DefaultUplinkMtu,
            TransportVlan = node.TransportVlan,
            BfdIntervalMs = overlay.Zone is { BfdProbeIntervalMs: > 0 } zone ? zone.BfdProbeIntervalMs : DefaultBfdInterval,
            BfdMultiplier = BfdMultiplier,
            VdrMac = ByteString.CopyFrom(routing.VdrMacOf(overlay.Id ?? "").ToBytes()),
            NodeIndex = node.NodeIndex,
            EmulatePmtud = settings?.EmulatePmtud ?? true,
            FirewallEnabled = settings?.FirewallEnabled ?? true,
        };
        result.Teps.AddRange(node.Teps);
        return result;
    }

    private HostSwitchSegment? DescribeSwitch(string id)
    {
        if (intent.Switches[id] is not { } segment)
        {
            return null;
        }

        var result = new HostSwitchSegment
        {
            DisplayName = segment.DisplayName,
            Vni = segment.Vni,
            AdminUp = segment.AdminUp,
            ReplicationMode = segment.ReplicationMode,
        };
        result.AddressBindings.AddRange(segment.AddressBindings);
        result.TrunkVlans.AddRange(segment.TrunkVlans);
        return result;
    }

    private HostPort? DescribePort(string id)
    {
        if (intent.Ports[id] is not { } port)
        {
            return null;
        }

        var effective = profiles[id];
        var result = new HostPort
        {
            DisplayName = port.DisplayName,
            SwitchId = port.LogicalSwitchId,
            AdminUp = port.AdminUp,
            VifId = port.AttachmentId,
            VifType = port.VifType,
            ParentVifId = port.ParentVifId,
            TrafficTag = port.TrafficTag,
            TagAmbiguous = placement.HasAmbiguousTag(port),
            SpoofGuard = effective.SpoofGuard,
            IpDiscovery = effective.IpDiscovery,
            MacManagement = effective.MacManagement,
            SwitchSecurity = effective.SwitchSecurity,
            FirewallExcluded = firewall.IsExcluded(id),
        };
        result.ManualBindings.AddRange(port.AddressBindings);
        result.IgnoreBindings.AddRange(port.IgnoreAddressBindings);
        result.Withheld.AddRange(bindings.WithheldOf(id));
        return result;
    }

    /// <summary>Empty, but there, when the node is alone on the switch; absent when it has not joined it.</summary>
    private HostTepList? DescribeTeps(string switchId, string node)
    {
        if (intent.Switches[switchId] is not { Vni: > 0 } || !spans.NodesOf(switchId).Contains(node))
        {
            return null;
        }

        var result = new HostTepList();
        result.Teps.AddRange(tables.TepsOf(switchId).Where(tep => tep.NodeId != node));
        return result;
    }

    private static BundleEntry Remote(string switchId, MacRow row) => new(
        new HostObject
        {
            Id = $"{switchId}/{row.Mac}",
            RemoteMac = new HostRemoteMac
            {
                SwitchId = switchId,
                Mac = ByteString.CopyFrom(row.Mac.ToBytes()),
                TepIp = ByteString.CopyFrom(row.Tep!.Value.ToBytes()),
            },
        },
        row.Node);

    private static BundleEntry Neighbor(string switchId, NeighborRow row) => new(new HostObject
    {
        Id = $"{switchId}/{row.Ip}",
        Neighbor = new HostNeighbor
        {
            SwitchId = switchId,
            Ip = ByteString.CopyFrom(row.Ip.ToBytes()),
            Mac = ByteString.CopyFrom(row.Mac.ToBytes()),
        },
    });

    private static Bundle One<T>(BundleKey key, T? value, Action<HostObject, T> put)
        where T : class
    {
        if (value is null)
        {
            return Bundle.Empty;
        }

        var item = new HostObject { Id = key.Id };
        put(item, value);
        return new Bundle([new BundleEntry(item)]);
    }
}
