using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Stages;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// The four ways through the switch, as lists of stages: read them to know the switch. Made anew with each generation of tables.
/// New stage: a file in Stages, a line here, a section in docs/pipeline.md.
/// </summary>
internal sealed class Journeys(PacketContext context, HostTables tables, IPacketFilter filter, TunnelPorts tunnels, Neighbors neighbors, IcmpErrors errors)
{
    /// <summary>A frame from a VM, until it is known where it goes.</summary>
    public Journey FromVnic { get; } = new(context,
    [
        new FrameSanity(),
        new PortClassification(),                                   // a container's tag names its own port
        new PortIntake(),
        new PortAdmission(),
        new SourceMac(context, tables.VdrMac),
        new BpduFilter(),
        new DhcpBlock(),
        new RaGuard(),
        new NonIpBlock(),
        new IpDiscovery(context),                                   // before SpoofGuard, or it could not see a first address
        new SpoofGuard(),
        new RateLimits(Direction.Out),
        new FirewallStage(context, filter, Direction.Out),
        new NeighborIntake(context, tables, neighbors),
        new NeighborSuppression(context),
        new DistributedRouter(context, tables, neighbors, errors),  // it goes on, on another switch
        new SegmentLookup(context, tables),
    ]);

    /// <summary>To a port of this host, from wherever it came.</summary>
    public Journey ToVnic { get; } = new(context,
    [
        new PortAdmission(),
        new GuestTag(),
        new FirewallStage(context, filter, Direction.In),
        new RateLimits(Direction.In),
        new VnicSize(),
        new DhcpLeases(context),
        new PortOutlet(),
    ]);

    /// <summary>A datagram from the underlay, until it is known which port it is for.</summary>
    public Journey FromTunnel { get; } = new(context,
    [
        new TunnelDecapsulation(context, tables),
        new TunnelManagement(context),                              // BFD ends here
        new TunnelGuard(tables),
        new RemoteMacLearning(context, tables),
        new NeighborIntake(context, tables, neighbors),
        new SegmentLookup(context, tables),
    ]);

    /// <summary>To a remote endpoint.</summary>
    public Journey ToTunnel { get; } = new(context,
    [
        new UplinkEndpoint(tunnels),
        new UnderlaySize(tables.Tunnels, tunnels, errors),
        new Encapsulation(context, tunnels),
    ]);

    /// <summary>Sent by the host itself on a logical switch: questions, packets that waited, and what a port rejects.</summary>
    public Journey FromHost { get; } = new(context,
    [
        new DistributedRouter(context, tables, neighbors, errors),  // a rejection goes back the way the packet came
        new SegmentLookup(context, tables),
    ]);
}
