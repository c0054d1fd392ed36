using System.Runtime.InteropServices;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Flows;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>
/// Connection tracking with zones and address translation, as Open vSwitch's userspace data path does it: a packet of no committed connection
/// is new, unless it can start none (a SYN+ACK, an ICMP answer), and stays so until something commits it. Belongs to the packet thread.
/// </summary>
internal sealed class ConnectionTracker(FlowTimeouts timeouts, int limit = 1_000_000)
{
    private const int SweptPerTick = 256;

    private readonly Dictionary<(ushort Zone, FlowKey Key), (TrackedConnection Connection, FlowDirection Direction)> _keys = [];
    private readonly LinkedList<TrackedConnection> _all = [];
    private readonly Dictionary<TrackedConnection, LinkedListNode<TrackedConnection>> _nodes = [];
    private uint _nextPort = 1;

    public int Count => _all.Count;

    public IEnumerable<TrackedConnection> All => _all;

    /// <summary>
    /// Tracks a packet: finds or, if asked, makes its connection, and translates its addresses in place.
    /// </summary>
    /// <param name="frame">Changed where addresses are translated.</param>
    /// <param name="layout">The frame's.</param>
    /// <param name="request">What to do.</param>
    /// <param name="now">The packet thread's clock, in milliseconds.</param>
    /// <param name="connection">The packet's connection; null: it has none, or is invalid.</param>
    public CtState Track(Span<byte> frame, in FrameLayout layout, CtRequest request, long now, out TrackedConnection? connection)
    {
        connection = null;
        if (!TryReadKey(frame, layout, out var key, out var kind))
        {
            return CtState.Tracked | CtState.Invalid;
        }

        if (kind == PacketKind.Error)
        {
            return Related(frame, layout, request.Zone, key, now, out connection);
        }

        var direction = FlowDirection.Original;
        if (_keys.TryGetValue((request.Zone, key), out var known) && known.Connection.ExpiresAt > now)
        {
            (connection, direction) = known;
            if (request.Force && direction == FlowDirection.Reply)
            {
                Remove(connection);
                connection = null;
                direction = FlowDirection.Original;
            }
        }

        var state = connection is null ? First(frame, layout, kind) : Update(frame, layout, connection, direction, now);
        if (state is null)
        {
            connection = null;
            return CtState.Tracked | CtState.Invalid;
        }

        if (connection is null && request.Commit)
        {
            connection = Make(frame, layout, key, request, now);
            if (connection is null)
            {
                return CtState.Tracked | CtState.Invalid; // no room, or no port left to translate to
            }
        }

        var answer = CtState.Tracked | state.Value;
        if (connection is null)
        {
            return answer;
        }

        if (direction == FlowDirection.Reply)
        {
            answer |= CtState.Reply;
        }

        if (request.Commit)
        {
            connection.Mark = (connection.Mark & ~request.MarkMask) | request.MarkValue;
            connection.Label = (connection.Label & ~request.LabelMask) | request.LabelValue;
        }

        Credit(connection, direction, frame.Length);
        return request.Nat is null ? answer : answer | Translate(frame, layout, connection, direction);
    }

    /// <summary>Forgets connections: all, of one zone, or those that a test chooses.</summary>
    /// <returns>How many.</returns>
    public int Flush(Func<TrackedConnection, bool> chosen)
    {
        var gone = _all.Where(chosen).ToList();
        gone.ForEach(Remove);
        return gone.Count;
    }

    /// <summary>Looks at some connections and forgets those whose time is over.</summary>
    public void Tick(long now)
    {
        for (int i = 0; i < SweptPerTick && _all.First is { } first; i++)
        {
            var connection = first.Value;
            _all.RemoveFirst();
            _all.AddLast(first);
            if (connection.ExpiresAt <= now)
            {
                Remove(connection);
            }
        }
    }

    /// <summary>What a packet is to tracking.</summary>
    private enum PacketKind
    {
        /// <summary>Can start a connection.</summary>
        Starts,

        /// <summary>Can only belong to one.</summary>
        Answers,

        /// <summary>An ICMP error about a packet of one.</summary>
        Error,
    }

    private static bool TryReadKey(ReadOnlySpan<byte> frame, in FrameLayout layout, out FlowKey key, out PacketKind kind)
    {
        key = default;
        kind = PacketKind.Starts;
        if (!layout.IsIp || layout.IsFragment)
        {
            return false;
        }

        var (source, destination) = (layout.Source(frame), layout.Destination(frame));
        if (layout.HasPorts)
        {
            key = new FlowKey(source, destination, layout.SourcePort(frame), layout.DestinationPort(frame), layout.Protocol);
            return true;
        }

        if (layout.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6))
        {
            key = new FlowKey(source, destination, 0, 0, layout.Protocol);
            return true;
        }

        var icmp = layout.Transport(frame);
        byte type = icmp[0];
        bool v6 = layout.Protocol == IpProtocol.IcmpV6;
        if (v6 ? type is >= 1 and <= 4 : type is 3 or 4 or 5 or 11 or 12)
        {
            kind = PacketKind.Error;
            return IcmpQuoteView.TryParse(icmp[8..], out var quote) && TryReadQuote(quote, out key);
        }

        ushort identifier = MemoryMarshal.Read<ushort>(icmp[4..]);
        identifier = BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(identifier) : identifier;
        switch (v6, type)
        {
            case (false, 8) or (true, 128):
                key = FlowKey.IcmpRequest(source, destination, layout.Protocol, type, identifier);
                return true;
            case (false, 0):
                key = FlowKey.IcmpReply(source, destination, layout.Protocol, 8, identifier);
                kind = PacketKind.Answers;
                return true;
            case (true, 129):
                key = FlowKey.IcmpReply(source, destination, layout.Protocol, 128, identifier);
                kind = PacketKind.Answers;
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadQuote(IcmpQuoteView quote, out FlowKey key)
    {
        bool icmp = quote.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        var transport = quote.Transport;
        ushort identifier = (ushort)((transport[4] << 8) | transport[5]);
        key = icmp ? FlowKey.IcmpRequest(quote.Source, quote.Destination, quote.Protocol, transport[0], identifier)
            : quote.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp
                ? new FlowKey(quote.Source, quote.Destination, quote.SourcePort, quote.DestinationPort, quote.Protocol)
                : new FlowKey(quote.Source, quote.Destination, 0, 0, quote.Protocol);
        return !icmp || transport[0] is 8 or 128;
    }

    private static CtState? First(ReadOnlySpan<byte> frame, in FrameLayout layout, PacketKind kind)
    {
        if (kind == PacketKind.Answers)
        {
            return null;
        }

        if (layout.Protocol == IpProtocol.Tcp && TcpView.TryParse(layout.Transport(frame), out var tcp))
        {
            var segment = TcpSegment.Of(tcp);
            if (!segment.HasLegalFlags || segment.IsRst || (segment.IsSyn && segment.IsAck))
            {
                return null;
            }
        }

        return CtState.New;
    }

    private CtState? Update(ReadOnlySpan<byte> frame, in FrameLayout layout, TrackedConnection connection, FlowDirection direction, long now)
    {
        bool isReply = direction == FlowDirection.Reply;
        connection.HasReply |= isReply;
        if (layout.Protocol != IpProtocol.Tcp)
        {
            bool again = isReply || connection.HasReply || connection.IsMultiple;
            connection.IsMultiple = true;
            connection.ExpiresAt = now + timeouts[TimerOf(layout.Protocol, connection)];
            return again ? CtState.Established : CtState.New;
        }

        if (!TcpView.TryParse(layout.Transport(frame), out var tcp))
        {
            return null;
        }

        var segment = TcpSegment.Of(tcp);
        if (connection.Tcp.IsReplacedBy(segment) && !isReply)
        {
            connection.Tcp = TcpConnection.Start(segment);
            connection.HasReply = false;
            connection.ExpiresAt = now + timeouts[connection.Tcp.Timer];
            return CtState.New;
        }

        if (TcpTracker.Next(connection.Tcp, segment, direction, out var next) != TcpRefusal.None)
        {
            return null;
        }

        connection.Tcp = next;
        connection.ExpiresAt = now + timeouts[next.Timer];
        return connection.HasReply || !segment.IsOpening ? CtState.Established : CtState.New;
    }

    private CtState Related(Span<byte> frame, in FrameLayout layout, ushort zone, FlowKey quoted, long now, out TrackedConnection? connection)
    {
        connection = null;
        if (!_keys.TryGetValue((zone, quoted), out var known) || known.Connection.ExpiresAt <= now)
        {
            // the quote of a translated packet is as it left: the reverse of what comes back
            if (!_keys.TryGetValue((zone, quoted.Reverse()), out known) || known.Connection.ExpiresAt <= now)
            {
                return CtState.Tracked | CtState.Invalid;
            }

            connection = known.Connection;
            var backwards = known.Direction;
            return CtState.Tracked | CtState.Related | (backwards == FlowDirection.Reply ? CtState.Reply : CtState.None) | IcmpErrorEdits.Restore(frame, layout, connection, backwards);
        }

        connection = known.Connection;
        return CtState.Tracked | CtState.Related | (known.Direction == FlowDirection.Original ? CtState.Reply : CtState.None);
    }

    private TrackedConnection? Make(ReadOnlySpan<byte> frame, in FrameLayout layout, FlowKey key, CtRequest request, long now)
    {
        if (_all.Count >= limit || NatChoice.Reply(key, request.Nat, reply => !_keys.ContainsKey((request.Zone, reply)), ref _nextPort) is not { } reply)
        {
            return null;
        }

        Forget(request.Zone, key);
        Forget(request.Zone, reply);
        var connection = new TrackedConnection(request.Zone, key, reply);
        if (layout.Protocol == IpProtocol.Tcp && TcpView.TryParse(layout.Transport(frame), out var tcp))
        {
            connection.Tcp = TcpConnection.Start(TcpSegment.Of(tcp));
            connection.ExpiresAt = now + timeouts[connection.Tcp.Timer];
        }
        else
        {
            connection.ExpiresAt = now + timeouts[TimerOf(layout.Protocol, connection)];
        }

        _keys[(request.Zone, key)] = (connection, FlowDirection.Original);
        _keys[(request.Zone, reply)] = (connection, FlowDirection.Reply);
        _nodes.Add(connection, _all.AddLast(connection));
        return connection;
    }

    private static FlowTimer TimerOf(IpProtocol protocol, TrackedConnection connection) => protocol switch
    {
        IpProtocol.Udp => connection.HasReply ? FlowTimer.UdpMultiple : connection.IsMultiple ? FlowTimer.UdpSingle : FlowTimer.UdpFirstPacket,
        IpProtocol.Icmp or IpProtocol.IcmpV6 => FlowTimer.IcmpFirstPacket,
        _ => connection.HasReply ? FlowTimer.OtherMultiple : FlowTimer.OtherFirstPacket,
    };

    private static void Credit(TrackedConnection connection, FlowDirection direction, int bytes)
    {
        if (direction == FlowDirection.Original)
        {
            connection.OriginalPackets++;
            connection.OriginalBytes += bytes;
        }
        else
        {
            connection.ReplyPackets++;
            connection.ReplyBytes += bytes;
        }
    }

    /// <summary>Rewrites a packet to the other side of its connection's translation.</summary>
    private static CtState Translate(Span<byte> frame, in FrameLayout layout, TrackedConnection connection, FlowDirection direction)
    {
        var (from, to) = direction == FlowDirection.Original ? (connection.Original, connection.Reply.Reverse()) : (connection.Reply, connection.Original.Reverse());
        var state = CtState.None;
        if (from.Source != to.Source || from.SourcePort != to.SourcePort)
        {
            state |= CtState.SourceNat;
            if (from.Source != to.Source)
            {
                IpEdits.SetSource(frame, layout, to.Source);
            }

            if (layout.HasPorts && from.SourcePort != to.SourcePort)
            {
                TransportEdits.SetSourcePort(frame, layout, to.SourcePort);
            }
        }

        if (from.Destination != to.Destination || from.DestinationPort != to.DestinationPort)
        {
            state |= CtState.DestinationNat;
            if (from.Destination != to.Destination)
            {
                IpEdits.SetDestination(frame, layout, to.Destination);
            }

            if (layout.HasPorts && from.DestinationPort != to.DestinationPort)
            {
                TransportEdits.SetDestinationPort(frame, layout, to.DestinationPort);
            }
        }

        return state;
    }

    private void Forget(ushort zone, FlowKey key)
    {
        if (_keys.TryGetValue((zone, key), out var old))
        {
            Remove(old.Connection); // its time was over, or it would have been found
        }
    }

    private void Remove(TrackedConnection connection)
    {
        _keys.Remove((connection.Zone, connection.Original));
        _keys.Remove((connection.Zone, connection.Reply));
        if (_nodes.Remove(connection, out var node))
        {
            _all.Remove(node);
        }
    }
}
