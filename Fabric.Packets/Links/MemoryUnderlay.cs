using System.Collections.Concurrent;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links;

/// <summary>An underlay network in memory: datagrams between the tunnel endpoints that were opened on it, at once and in order.</summary>
public sealed class MemoryUnderlay(int mtu = 1700, int capacity = 4096)
{
    private readonly ConcurrentDictionary<IpAddress, MemoryTunnelSocket> _endpoints = new();

    public int Mtu => mtu;

    /// <exception cref="LinkException">The address is taken.</exception>
    public MemoryTunnelSocket Open(IpAddress local)
    {
        var socket = new MemoryTunnelSocket(this, local, capacity);
        return _endpoints.TryAdd(local, socket)
            ? socket
            : throw new LinkException($"the tunnel endpoint {local} is open on this underlay already");
    }

    /// <summary>Cuts an endpoint off, as a pulled cable does, or mends it.</summary>
    public void SetReachable(IpAddress endpoint, bool isReachable)
    {
        if (_endpoints.TryGetValue(endpoint, out var socket))
        {
            socket.IsReachable = isReachable;
        }
    }

    internal bool Deliver(IpAddress from, FrameBuffer datagram, in TunnelPath path)
        => _endpoints.TryGetValue(path.Remote, out var remote)
            && remote.Accept(datagram, path with { Remote = from });

    internal void Close(IpAddress local) => _endpoints.TryRemove(local, out _);
}

/// <summary>One tunnel endpoint on an underlay in memory.</summary>
public sealed class MemoryTunnelSocket : ITunnelSocket
{
    private readonly MemoryUnderlay _underlay;
    private readonly FrameQueue _incoming;
    private volatile bool _isReachable = true;

    internal MemoryTunnelSocket(MemoryUnderlay underlay, IpAddress local, int capacity)
    {
        _underlay = underlay;
        Local = local;
        _incoming = new FrameQueue(capacity, MaxPayload);
    }

    public IpAddress Local { get; }

    public int Mtu => _underlay.Mtu;

    public int Descriptor => _incoming.Descriptor;

    /// <summary>Datagrams that found no endpoint, no room, or were longer than the underlay carries.</summary>
    public long SendDrops { get; private set; }

    internal bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }

    private int MaxPayload => _underlay.Mtu - (Local.IsIpv4 ? 28 : 48);

    public int Receive(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths) => _incoming.Take(pool, frames, paths);

    public int Send(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths)
    {
        int sent = 0;
        for (int index = 0; index < frames.Length && IsReachable; index++)
        {
            if (frames[index].Length <= MaxPayload && _underlay.Deliver(Local, frames[index], paths[index]))
            {
                sent++;
            }
        }

        SendDrops += frames.Length - sent;
        return sent;
    }

    internal bool Accept(FrameBuffer datagram, in TunnelPath path)
        => IsReachable && _incoming.Add([datagram], [path]) == 1;

    public void Dispose()
    {
        _underlay.Close(Local);
        _incoming.Dispose();
    }
}
