using System.Collections.Frozen;
using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>A logical switch of one generation: its ports on this host, and where the rest of it is.</summary>
internal sealed class Segment
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required Vni Vni { get; init; }

    public required bool IsUp { get; init; }

    public required ReplicationMode ReplicationMode { get; init; }

    /// <summary>What may speak on this network at all (SpoofGuard's switch level).</summary>
    public required BindingRule[] Bindings { get; init; }

    /// <summary>Tags of guests that travel unchanged; none: a guest's tag is not carried.</summary>
    public required VlanRange[] TrunkVlans { get; init; }

    /// <summary>What lives longer than a generation: learned MACs and neighbors.</summary>
    public required SegmentState State { get; init; }

    /// <summary>Remote endpoints that joined it.</summary>
    public required RemoteTep[] Teps { get; init; }

    /// <summary>The controller's MAC table: address to remote endpoint.</summary>
    public required FrozenDictionary<MacAddress, RemoteTep> RemoteMacs { get; init; }

    /// <summary>The controller's ARP and ND table.</summary>
    public required FrozenDictionary<IpAddress, MacAddress> Neighbors { get; init; }

    /// <summary>Ports of it on this host. Filled by the builder.</summary>
    public LogicalPort[] Ports { get; set; } = [];

    /// <summary>The vnics' own addresses. Filled by the builder.</summary>
    public FrozenDictionary<MacAddress, LogicalPort> StaticMacs { get; set; } = FrozenDictionary<MacAddress, LogicalPort>.Empty;

    /// <summary>Distributed routers' interfaces on it. Filled by the builder.</summary>
    public RouterInterface[] Gateways { get; set; } = [];

    public bool Carries(int vlan)
    {
        foreach (var range in TrunkVlans)
        {
            if (range.Contains(vlan))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>VLAN ids from first to last.</summary>
internal readonly record struct VlanRange(uint First, uint Last)
{
    public bool Contains(int vlan) => vlan >= First && vlan <= Last;
}
