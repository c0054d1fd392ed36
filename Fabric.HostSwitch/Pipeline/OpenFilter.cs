using Fabric.HostSwitch.Firewall;
using Fabric.Packets.Buffers;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>No firewall: everything passes. For hosts whose firewall is switched off, and for tests of the rest.</summary>
internal sealed class OpenFilter : IPacketFilter
{
    public FirewallDecision Decide(ref Frame frame, PortFilter filter, Direction direction) => FirewallDecision.Unfiltered;

    public bool TryTrack(ConnectionRef connection, ref Frame frame, PortFilter filter, Direction direction) => true;

    public void Prefetch(ConnectionRef connection)
    {
    }

    public bool TryBuildReject(ref Frame frame, FrameBuffer reply) => false;

    public void Tick(long now)
    {
    }
}
