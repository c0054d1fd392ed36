using System.Collections.Frozen;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>
/// Everything a frame is decided by, in one immutable generation. Built off the packet thread by <see cref="HostTablesBuilder"/>
/// and published by one reference write; what outlives it (counters, connections, learned addresses) hangs off its State objects.
/// </summary>
internal sealed class HostTables
{
    public required ulong Generation { get; init; }

    public required TunnelSettings Tunnels { get; init; }

    /// <summary>The distributed router's MAC, on every host the same.</summary>
    public required MacAddress VdrMac { get; init; }

    /// <summary>This host's own MAC for ARP and ND that its routers send (reference: nsx-dataplane.md, 5.2).</summary>
    public required MacAddress HostMac { get; init; }

    public required bool IsFirewallEnabled { get; init; }

    public required RuleTables Rules { get; init; }

    public required FrozenDictionary<string, LogicalPort> Ports { get; init; }

    public required FrozenDictionary<string, Segment> Segments { get; init; }

    public required FrozenDictionary<uint, Segment> SegmentsByVni { get; init; }

    public required FrozenDictionary<string, LogicalRouter> Routers { get; init; }

    /// <summary>Which logical port a tag on a vnic means.</summary>
    public required FrozenDictionary<VnicPort, VnicTable> Vnics { get; init; }

    /// <summary>Every remote endpoint that shares a network with this host.</summary>
    public required FrozenDictionary<IpAddress, RemoteTep> Teps { get; init; }
}
