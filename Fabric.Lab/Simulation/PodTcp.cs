using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>A pod's TCP ports: who listens, which connections there are, and RST for everything else.</summary>
internal sealed class PodTcp(PodNetwork network, PodTimers timers, Random chance)
{
    private const ushort FirstEphemeralPort = 49152;
    private readonly Dictionary<ushort, Action<TcpConnection, IpAddress>> _listeners = [];
    private readonly Dictionary<ConnectionKey, TcpConnection> _connections = [];

    public int Connections => _connections.Count;

    public void Listen(ushort port, Action<TcpConnection, IpAddress> accepted) => _listeners[port] = accepted;

    /// <summary>A connection that its caller opens once its events are set; null if there is no way there.</summary>
    public TcpConnection? Connect(IpAddress destination, ushort port)
    {
        if (network.Settings.SourceFor(destination) is not { } source || network.Settings.NextHopFor(destination) is null)
        {
            return null;
        }

        ConnectionKey key;
        do
        {
            key = new ConnectionKey(source, (ushort)chance.Next(FirstEphemeralPort, ushort.MaxValue), destination, port);
        }
        while (_connections.ContainsKey(key));

        return Add(key);
    }

    public void Receive(IpAddress from, IpAddress own, in TcpView segment)
    {
        var key = new ConnectionKey(own, segment.DestinationPort, from, segment.SourcePort);
        if (_connections.TryGetValue(key, out var connection))
        {
            connection.Receive(segment);
            if (connection.Phase == TcpPhase.Closed)
            {
                _connections.Remove(key);
            }

            return;
        }

        const TcpFlags control = TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst;
        if ((segment.Flags & control) == TcpFlags.Syn && _listeners.TryGetValue(segment.DestinationPort, out var accepted))
        {
            connection = Add(key);
            accepted(connection, from);
            connection.Accept(segment);
        }
        else if ((segment.Flags & TcpFlags.Rst) == 0)
        {
            Refuse(key, segment);
        }
    }

    public void Fail(in IcmpQuoteView quote, PodFault fault)
    {
        if (_connections.TryGetValue(new ConnectionKey(quote.Source, quote.SourcePort, quote.Destination, quote.DestinationPort), out var connection))
        {
            connection.Fail(fault);
        }
    }

    private TcpConnection Add(ConnectionKey key)
    {
        int headers = (key.Own.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6View.HeaderLength) + TcpView.MinimumHeaderLength;
        var connection = new TcpConnection(
            key.OwnPort, key.PeerPort, (uint)chance.NextInt64(uint.MaxValue), network.Mtu - headers, timers, (header, payload) => Send(key, header, payload));
        _connections.Add(key, connection);
        return connection;
    }

    /// <summary>The reset that RFC 9293, section 3.10.7.1, wants for a segment to nowhere.</summary>
    private void Refuse(ConnectionKey key, in TcpView segment)
    {
        var header = (segment.Flags & TcpFlags.Ack) != 0
            ? new TcpHeader(key.OwnPort, key.PeerPort, segment.Acknowledgment, 0, TcpFlags.Rst)
            : new TcpHeader(key.OwnPort, key.PeerPort, 0, segment.Sequence + (uint)segment.SequenceLength, TcpFlags.Rst | TcpFlags.Ack);
        Send(key, header with { Window = 0 }, []);
    }

    private void Send(ConnectionKey key, TcpHeader header, ReadOnlySpan<byte> payload)
    {
        byte[] segment = new byte[header.Length + payload.Length];
        header.Write(segment);
        payload.CopyTo(segment.AsSpan(header.Length));
        network.Send(key.Own, key.Peer, IpProtocol.Tcp, segment);
    }

    /// <summary>Both ends of a connection.</summary>
    private readonly record struct ConnectionKey(IpAddress Own, ushort OwnPort, IpAddress Peer, ushort PeerPort);
}
