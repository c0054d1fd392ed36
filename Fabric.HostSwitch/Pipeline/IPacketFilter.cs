using Fabric.HostSwitch.Firewall;
using Fabric.Packets.Buffers;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// The distributed firewall as the pipeline sees it: asked at the source port on the way out and at the destination port on the
/// way in. Runs on the packet thread, which owns its connections.
/// </summary>
internal interface IPacketFilter
{
    /// <summary>Decides on a frame. Must change nothing when <see cref="Frame.IsDryRun"/>, and may set the trace's detail.</summary>
    FirewallDecision Decide(ref Frame frame, PortFilter filter, Direction direction);

    /// <summary>
    /// A later frame of a flow that <see cref="Decide"/> allowed: moves the connection on and counts, exactly as Decide would.
    /// False: the connection is gone, ended or disagrees; nothing was changed, and the frame takes the whole pipeline.
    /// </summary>
    bool TryTrack(ConnectionRef connection, ref Frame frame, PortFilter filter, Direction direction);

    /// <summary>Has the connection's memory on its way: frames of its flow follow in this batch.</summary>
    void Prefetch(ConnectionRef connection);

    /// <summary>Writes the answer that REJECT owes to the sender of this frame: whole, untagged, with addresses turned. False: none is due.</summary>
    bool TryBuildReject(ref Frame frame, FrameBuffer reply);

    /// <summary>Once per batch: connections age, a bounded number at a time.</summary>
    void Tick(long now);
}
