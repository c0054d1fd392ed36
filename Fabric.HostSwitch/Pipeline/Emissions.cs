using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// Frames that the host itself has to send: answers, errors, questions, packets that waited. Stages put them here and go on; the
/// data path sends them once the frame in hand is done, so no stage calls another.
/// </summary>
internal sealed class Emissions
{
    private readonly Queue<Emission> _waiting = new(64);

    public bool TryNext(out Emission emission) => _waiting.TryDequeue(out emission);

    /// <summary>Answers the VM behind a port; it passes that port's checks on the way in.</summary>
    public void ToPort(FrameBuffer buffer, LogicalPort port, bool isUnfiltered = false)
        => _waiting.Enqueue(new Emission(buffer, port, port.Segment!, null, null, default, isUnfiltered));

    /// <summary>Sends on a logical switch, by its lookup.</summary>
    public void ToSegment(FrameBuffer buffer, Segment segment) => _waiting.Enqueue(new Emission(buffer, null, segment, null, null, default, false));

    /// <summary>Goes on with a routed packet whose next hop answered.</summary>
    public void Resume(FrameBuffer buffer, in HeldFrame held)
        => _waiting.Enqueue(new Emission(buffer, null, held.Egress.Segment!, held.Ingress, held.Egress, held.SenderMac, false));
}

/// <summary>One frame to send: to a port, or else on a logical switch.</summary>
internal readonly record struct Emission(
    FrameBuffer Buffer, LogicalPort? Port, Segment Segment, LogicalPort? Ingress, RouterInterface? RoutedBy, MacAddress SenderMac, bool IsUnfiltered);
