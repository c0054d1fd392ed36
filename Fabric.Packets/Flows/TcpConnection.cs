namespace Fabric.Packets.Flows;

/// <summary>A TCP connection as a middle box knows it.</summary>
/// <param name="Original">The side that sent the first packet seen.</param>
/// <param name="Reply">The other side.</param>
/// <param name="IsPickedUp">Met in its middle: window scales are unknown, so sequence numbers are not checked.</param>
public readonly record struct TcpConnection(TcpPeer Original, TcpPeer Reply, bool IsPickedUp)
{
    /// <summary>The connection that this first segment starts, or is found in the middle of.</summary>
    public static TcpConnection Start(in TcpSegment first)
    {
        var original = new TcpPeer(
            first.IsRst ? TcpPeerState.Reset : first.IsFin ? TcpPeerState.Closing : TcpPeerState.SynSent,
            first.End,
            first.Sequence + 1, // until the other side offers a window, its SYN is all it may send
            Math.Max(first.Window, (ushort)1),
            first.IsSyn ? first.WindowScale : (sbyte)-1,
            IsHeard: true);
        var reply = new TcpPeer(
            first.IsRst ? TcpPeerState.Reset : TcpPeerState.Closed, first.IsAck ? first.Acknowledgment : 0, 0, 1, -1, IsHeard: false);
        return new TcpConnection(original, reply, IsPickedUp: !first.IsOpening);
    }

    /// <summary>Whether this segment asks for a new connection where this one stands and is over, or was only guessed at.</summary>
    public bool IsReplacedBy(in TcpSegment segment)
        => segment.IsOpening && (IsPickedUp || (Original.State >= TcpPeerState.FinWait && Reply.State >= TcpPeerState.FinWait));

    /// <summary>How long the connection may now be silent.</summary>
    public FlowTimer Timer
    {
        get
        {
            var low = Original.State < Reply.State ? Original.State : Reply.State;
            var high = Original.State < Reply.State ? Reply.State : Original.State;
            return (low, high) switch
            {
                (>= TcpPeerState.FinWait, _) => FlowTimer.TcpClosed,
                (>= TcpPeerState.Closing, _) => FlowTimer.TcpFinWait,
                _ when !Reply.IsHeard => FlowTimer.TcpFirstPacket,
                ( < TcpPeerState.Established, _) => FlowTimer.TcpOpening,
                (_, >= TcpPeerState.Closing) => FlowTimer.TcpClosing,
                _ => FlowTimer.TcpEstablished,
            };
        }
    }
}
