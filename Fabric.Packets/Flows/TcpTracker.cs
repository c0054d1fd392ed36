namespace Fabric.Packets.Flows;

/// <summary>
/// The TCP state function: connection, segment and direction in; refusal or next connection out. It follows the descendants of
/// BSD's pf (reference: nsx-dataplane.md, 4.5): both sides' flags, and sequence windows with scaling as in Guido van Rooij,
/// "Real Stateful TCP Packet Filtering in IP Filter".
/// </summary>
public static class TcpTracker
{
    /// <summary>How far an acknowledgement may stray from what was sent: one unscaled window and a segment, as in pf.</summary>
    private const int AckSlack = 0xFFFF + 1500;

    /// <summary>Where the connection stands after the segment; unchanged if it is refused.</summary>
    public static TcpRefusal Next(in TcpConnection connection, in TcpSegment segment, FlowDirection direction, out TcpConnection next)
    {
        next = connection;
        bool isOriginal = direction == FlowDirection.Original;
        var sender = isOriginal ? connection.Original : connection.Reply;
        var receiver = isOriginal ? connection.Reply : connection.Original;

        if (!segment.HasLegalFlags)
        {
            return TcpRefusal.IllegalFlags;
        }

        var before = sender;
        var refusal = connection.IsPickedUp ? TcpRefusal.None : Check(ref sender, ref receiver, segment);
        if (refusal != TcpRefusal.None && !(refusal >= TcpRefusal.OutsideWindow && IsLateButNear(before, receiver, segment)))
        {
            return refusal;
        }

        Advance(ref sender, ref receiver, segment);
        next = isOriginal ? new TcpConnection(sender, receiver, connection.IsPickedUp) : new TcpConnection(receiver, sender, connection.IsPickedUp);
        return TcpRefusal.None;
    }

    private static TcpRefusal Check(ref TcpPeer sender, ref TcpPeer receiver, in TcpSegment segment)
    {
        if (!sender.IsHeard)
        {
            var refusal = CheckFirstAnswer(receiver, segment);
            if (refusal != TcpRefusal.None)
            {
                return refusal;
            }

            MeetSecondSide(ref sender, ref receiver, segment);
        }
        else if (segment.IsSyn && sender.State >= TcpPeerState.Established && segment.End != sender.Next)
        {
            return TcpRefusal.Handshake; // a retransmitted SYN has the old number, anything else is forged or lost its way
        }

        // Keepalives and pure acknowledgements carry no data: what counts of them is the acknowledgement.
        bool isEmpty = segment.Sequence == segment.End && !segment.IsRst;
        if (isEmpty && Distance(sender.Next, segment.Sequence) is > AckSlack or < -(AckSlack << 14))
        {
            return TcpRefusal.OutsideWindow;
        }

        if (Distance(sender.Limit, isEmpty ? sender.Next : segment.End) > 0)
        {
            return TcpRefusal.OutsideWindow;
        }

        if (Distance(sender.Next - Window(receiver.MaxWindow, ScaleOf(receiver, sender)), isEmpty ? sender.Next : segment.Sequence) < 0)
        {
            return TcpRefusal.OldRetransmission;
        }

        if (segment.IsAck && !(segment.IsRst && segment.Acknowledgment == 0))
        {
            int behind = Distance(segment.Acknowledgment, receiver.Next);
            if (behind < -AckSlack)
            {
                return TcpRefusal.AcknowledgesUnsent;
            }

            if (behind > (long)AckSlack << ScaleOf(sender, receiver))
            {
                return TcpRefusal.OldAcknowledgement;
            }
        }

        bool isInSequence = segment.Sequence - sender.Next + 1 <= 2; // the next, or one to either side, as pf accepts
        return segment.IsRst && !isInSequence ? TcpRefusal.ResetOutOfSequence : TcpRefusal.None;
    }

    /// <summary>The first that the second side says: SYN+ACK or RST for our SYN, or a SYN of its own (simultaneous open).</summary>
    private static TcpRefusal CheckFirstAnswer(in TcpPeer opener, in TcpSegment segment)
    {
        // The SYN, or with it as much of the data that came along (RFC 7413) as it took.
        bool acknowledgesOpening = !segment.IsAck
            || (Distance(opener.Limit, segment.Acknowledgment) >= 0 && Distance(segment.Acknowledgment, opener.Next) >= 0);
        return !acknowledgesOpening
            ? TcpRefusal.HandshakeAcknowledgement
            : segment.IsSyn || segment.IsRst ? TcpRefusal.None : TcpRefusal.Handshake;
    }

    private static void MeetSecondSide(ref TcpPeer sender, ref TcpPeer receiver, in TcpSegment segment)
    {
        sender = sender with
        {
            Next = segment.Sequence,
            Limit = segment.End + receiver.MaxWindow, // the opener's SYN, whose window is never scaled (RFC 7323, section 2.2)
            Scale = segment.IsSyn ? segment.WindowScale : (sbyte)-1,
            IsHeard = true,
        };
        sender = sender with { MaxWindow = InUnitsOf(ScaleOf(sender, receiver), segment.Window) };
        receiver = receiver with { MaxWindow = InUnitsOf(ScaleOf(receiver, sender), receiver.MaxWindow) };
    }

    /// <summary>While a connection ends, or only one side has spoken, stray segments within one window pass, as in pf.</summary>
    private static bool IsLateButNear(in TcpPeer sender, in TcpPeer receiver, in TcpSegment segment)
        => (receiver.State < TcpPeerState.SynSent || receiver.State >= TcpPeerState.FinWait || sender.State >= TcpPeerState.FinWait)
            && sender.IsHeard
            && Distance(sender.Limit, segment.End) <= AckSlack
            && Distance(sender.Next, segment.Sequence) >= -AckSlack;

    private static void Advance(ref TcpPeer sender, ref TcpPeer receiver, in TcpSegment segment)
    {
        int scale = ScaleOf(sender, receiver);
        ushort offered = segment.IsSyn ? InUnitsOf(scale, segment.Window) : segment.Window;
        uint next = Distance(sender.Next, segment.End) > 0 ? segment.End : sender.Next;
        uint mayReach = (segment.IsAck ? segment.Acknowledgment : receiver.Next) + Math.Max(Window(segment.Window, segment.IsSyn ? 0 : scale), 1u);
        uint limit = !receiver.IsHeard || Distance(receiver.Limit, mayReach) > 0 ? mayReach : receiver.Limit;

        sender = sender with { State = StateAfter(sender.State, segment), Next = next, MaxWindow = Math.Max(sender.MaxWindow, offered), IsHeard = true };
        receiver = receiver with { Limit = limit, State = AcknowledgedState(receiver, segment) };
    }

    private static TcpPeerState StateAfter(TcpPeerState state, in TcpSegment segment)
    {
        if (segment.IsRst)
        {
            return TcpPeerState.Reset;
        }

        var reached = segment.IsFin ? TcpPeerState.Closing : TcpPeerState.SynSent;
        return state < reached ? reached : state;
    }

    private static TcpPeerState AcknowledgedState(in TcpPeer peer, in TcpSegment segment)
    {
        if (segment.IsRst)
        {
            return TcpPeerState.Reset;
        }

        if (!segment.IsAck)
        {
            return peer.State;
        }

        return peer.State switch
        {
            TcpPeerState.SynSent => TcpPeerState.Established,
            TcpPeerState.Closing when Distance(peer.Next, segment.Acknowledgment) >= 0 => TcpPeerState.FinWait,
            _ => peer.State,
        };
    }

    /// <summary>A shift counts only if both sides sent the option (RFC 7323, section 2.2); more than 14 means 14.</summary>
    private static int ScaleOf(in TcpPeer peer, in TcpPeer other)
        => peer.Scale < 0 || other.Scale < 0 ? 0 : Math.Min((int)peer.Scale, 14);

    /// <summary>A SYN's window counts bytes; all later ones count in units of the shift.</summary>
    private static ushort InUnitsOf(int scale, ushort window) => Math.Max((ushort)((window + (1 << scale) - 1) >> scale), (ushort)1);

    private static uint Window(ushort window, int scale) => (uint)window << scale;

    /// <summary>How far <paramref name="to"/> is ahead of <paramref name="from"/> in sequence space (RFC 9293, section 3.4).</summary>
    private static int Distance(uint from, uint to) => (int)(to - from);
}
