using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>Sends one segment of a connection.</summary>
internal delegate void SegmentSender(TcpHeader header, ReadOnlySpan<byte> payload);

/// <summary>
/// One TCP connection (RFC 9293): handshake, data both ways, retransmission (RFC 6298's doubling from a fixed start; three duplicate
/// acknowledgments resend at once), close and reset. No window scaling and no selective acknowledgment; segments out of order are asked for again.
/// </summary>
internal sealed class TcpConnection(ushort ownPort, ushort peerPort, uint initialSequence, int ownSegment, PodTimers timers, SegmentSender send)
{
    private const int PeerDefaultSegment = 536; // RFC 9293, section 3.7.1
    private const int MostRetries = 6;
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TimeWaitLength = TimeSpan.FromSeconds(2);
    private readonly List<byte> _unacknowledged = []; // from _dataStart on: sent and to be sent
    private uint _dataStart = initialSequence + 1;
    private uint _oldest = initialSequence; // SND.UNA
    private uint _next = initialSequence; // SND.NXT
    private uint _expected; // RCV.NXT
    private int _peerWindow;
    private int _segment = int.MaxValue; // the smallest that the peer, the path or we have named
    private bool _isClosing;
    private bool _isFinSent;
    private int _retries;
    private int _duplicates;
    private PodTimer? _timer;

    public TcpPhase Phase { get; private set; } = TcpPhase.Closed;

    public Action? Opened { get; set; }

    public Action<ReadOnlyMemory<byte>>? Received { get; set; }

    /// <summary>The peer will send no more.</summary>
    public Action? PeerClosed { get; set; }

    /// <summary>The connection is no more; why, if it did not end in order.</summary>
    public Action<PodFault?>? Ended { get; set; }

    public int Retransmissions { get; private set; }

    private int Segment => Math.Min(_segment, ownSegment);

    private bool MaySendData => Phase is TcpPhase.Established or TcpPhase.CloseWait or TcpPhase.FinWait1 or TcpPhase.Closing or TcpPhase.LastAck;

    public void Open()
    {
        Phase = TcpPhase.SynSent;
        SendSyn(TcpFlags.Syn);
    }

    /// <summary>Answers a SYN that came to a listening port.</summary>
    public void Accept(in TcpView syn)
    {
        Phase = TcpPhase.SynReceived;
        _expected = syn.Sequence + 1;
        _peerWindow = syn.Window;
        LimitSegment(TcpOptions.MaximumSegmentSizeOf(syn));
        SendSyn(TcpFlags.Syn | TcpFlags.Ack);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _unacknowledged.AddRange(bytes);
        Pump();
    }

    /// <summary>Sends what is left, then FIN.</summary>
    public void Close()
    {
        _isClosing = true;
        Pump();
    }

    /// <summary>A router or firewall said that a segment could not pass.</summary>
    public void Fail(PodFault fault)
    {
        if (fault.Mtu is { } mtu && mtu - 60 < Segment)
        {
            _segment = Math.Max(mtu - 60, 64); // IPv6 and TCP without options
            Resend();
        }
        else if (fault.Mtu is null && Phase is TcpPhase.SynSent)
        {
            End(fault); // after the handshake such an error is only a hint (RFC 5927)
        }
    }

    public void Receive(in TcpView segment)
    {
        if (Phase == TcpPhase.SynSent)
        {
            ReceiveInSynSent(segment);
            return;
        }

        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            if (segment.Sequence - _expected < ushort.MaxValue)
            {
                End(PodFault.Refused("connection reset"));
            }

            return;
        }

        if ((segment.Flags & TcpFlags.Syn) != 0)
        {
            Resend(); // the answer to the peer's SYN was lost
            return;
        }

        if ((segment.Flags & TcpFlags.Ack) != 0)
        {
            ReceiveAcknowledgment(segment);
            ReceiveContent(segment);
        }
    }

    private void ReceiveInSynSent(in TcpView segment)
    {
        bool acknowledges = (segment.Flags & TcpFlags.Ack) != 0 && segment.Acknowledgment == _next;
        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            if (acknowledges)
            {
                End(PodFault.Refused("connection refused"));
            }
        }
        else if (acknowledges && (segment.Flags & TcpFlags.Syn) != 0)
        {
            _expected = segment.Sequence + 1;
            LimitSegment(TcpOptions.MaximumSegmentSizeOf(segment));
            Establish(segment);
            SendEmpty();
            Pump();
        }
    }

    private void Establish(in TcpView segment)
    {
        Phase = TcpPhase.Established;
        _oldest = segment.Acknowledgment;
        _peerWindow = segment.Window;
        _retries = 0;
        _timer?.Cancel();
        Opened?.Invoke();
    }

    private void ReceiveAcknowledgment(in TcpView segment)
    {
        if (Phase == TcpPhase.SynReceived)
        {
            if (segment.Acknowledgment != _next)
            {
                return;
            }

            Establish(segment);
        }

        uint acknowledged = segment.Acknowledgment - _oldest;
        _peerWindow = segment.Window;
        if (acknowledged > 0 && acknowledged <= HighestSent - _oldest)
        {
            _oldest = segment.Acknowledgment;
            _next = (int)(_next - _oldest) < 0 ? _oldest : _next; // a resend had gone back
            int bytes = (int)Math.Min(_oldest - _dataStart, (uint)_unacknowledged.Count);
            _unacknowledged.RemoveRange(0, bytes);
            _dataStart += (uint)bytes;
            _retries = 0;
            _duplicates = 0;
            Rearm();
            ReceiveAcknowledgmentOfFin();
        }
        else if (acknowledged == 0 && segment.SequenceLength == 0 && _oldest != HighestSent && ++_duplicates == 3)
        {
            Resend();
        }

        Pump();
    }

    private uint HighestSent { get; set; } = initialSequence;

    private void ReceiveAcknowledgmentOfFin()
    {
        if (!_isFinSent || _oldest != _dataStart + (uint)_unacknowledged.Count + 1)
        {
            return;
        }

        switch (Phase)
        {
            case TcpPhase.FinWait1:
                Phase = TcpPhase.FinWait2;
                break;
            case TcpPhase.Closing:
                Wait();
                break;
            case TcpPhase.LastAck:
                End(null);
                break;
        }
    }

    private void ReceiveContent(in TcpView segment)
    {
        if (segment.SequenceLength == 0 || Phase is TcpPhase.Closed or TcpPhase.SynReceived)
        {
            return;
        }

        uint known = _expected - segment.Sequence;
        if (known > segment.Payload.Length)
        {
            SendEmpty(); // a gap before it, or nothing new in it: say what is expected
            return;
        }

        var payload = segment.Payload[(int)known..];
        _expected += (uint)payload.Length;
        bool isEnd = (segment.Flags & TcpFlags.Fin) != 0;
        _expected += isEnd ? 1u : 0u;
        SendEmpty();
        if (!payload.IsEmpty)
        {
            Received?.Invoke(payload.ToArray());
        }

        if (isEnd)
        {
            ReceiveEnd();
        }
    }

    private void ReceiveEnd()
    {
        switch (Phase)
        {
            case TcpPhase.Established:
                Phase = TcpPhase.CloseWait;
                PeerClosed?.Invoke();
                break;
            case TcpPhase.FinWait1:
                Phase = TcpPhase.Closing;
                PeerClosed?.Invoke();
                break;
            case TcpPhase.FinWait2:
                PeerClosed?.Invoke();
                Wait();
                break;
        }
    }

    private void Pump()
    {
        if (!MaySendData)
        {
            return;
        }

        while (true)
        {
            int sent = (int)Math.Min(_next - _dataStart, (uint)_unacknowledged.Count);
            int room = Math.Max(_peerWindow, 1) - (int)(_next - _oldest); // one byte asks a closed window whether it is still closed
            int length = Math.Min(Math.Min(_unacknowledged.Count - sent, Segment), room);
            if (length <= 0)
            {
                break;
            }

            var flags = TcpFlags.Ack | (sent + length == _unacknowledged.Count ? TcpFlags.Psh : TcpFlags.None);
            send(Header(flags), CollectionsMarshal.AsSpan(_unacknowledged).Slice(sent, length));
            Advance((uint)length);
        }

        if (_isClosing && !_isFinSent && _next == _dataStart + (uint)_unacknowledged.Count)
        {
            _isFinSent = true;
            send(Header(TcpFlags.Fin | TcpFlags.Ack), []);
            Advance(1);
            Phase = Phase switch
            {
                TcpPhase.Established => TcpPhase.FinWait1,
                TcpPhase.CloseWait => TcpPhase.LastAck,
                _ => Phase,
            };
        }
    }

    private void Advance(uint length)
    {
        bool isIdle = _next == _oldest;
        _next += length;
        HighestSent = (int)(_next - HighestSent) > 0 ? _next : HighestSent;
        if (isIdle)
        {
            Rearm();
        }
    }

    private void SendSyn(TcpFlags flags)
    {
        byte[] option = new byte[4];
        option[0] = (byte)TcpOptionKind.MaximumSegmentSize;
        option[1] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(option.AsSpan(2), (ushort)ownSegment);
        send(Header(flags) with { Options = option }, []);
        Advance(1);
    }

    private void SendEmpty() => send(Header(TcpFlags.Ack), []);

    private TcpHeader Header(TcpFlags flags)
        => new(ownPort, peerPort, _next, (flags & TcpFlags.Ack) != 0 ? _expected : 0, flags);

    private void LimitSegment(int peerSegment)
        => _segment = Math.Min(_segment, peerSegment == 0 ? PeerDefaultSegment : peerSegment);

    /// <summary>Goes back to the oldest byte that is not acknowledged and sends from there.</summary>
    private void Resend()
    {
        Retransmissions++;
        _next = _oldest;
        switch (Phase)
        {
            case TcpPhase.SynSent:
                SendSyn(TcpFlags.Syn);
                break;
            case TcpPhase.SynReceived:
                SendSyn(TcpFlags.Syn | TcpFlags.Ack);
                break;
            default:
                _isFinSent = _isFinSent && _oldest == _dataStart + (uint)_unacknowledged.Count + 1;
                Pump();
                break;
        }
    }

    private void Rearm()
    {
        _timer?.Cancel();
        if (_oldest != HighestSent)
        {
            _timer = timers.After(FirstTimeout * (1 << _retries), OnTimeout);
        }
    }

    private void OnTimeout()
    {
        if (_retries++ >= MostRetries)
        {
            End(PodFault.Silence);
            return;
        }

        Resend();
        Rearm();
    }

    private void Wait()
    {
        Phase = TcpPhase.TimeWait;
        _timer?.Cancel();
        _timer = timers.After(TimeWaitLength, () => End(null));
    }

    private void End(PodFault? fault)
    {
        if (Phase != TcpPhase.Closed)
        {
            Phase = TcpPhase.Closed;
            _timer?.Cancel();
            Ended?.Invoke(fault);
        }
    }
}
