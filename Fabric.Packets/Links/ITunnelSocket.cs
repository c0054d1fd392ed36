using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links;

/// <summary>Where a tunnel datagram goes, or came from. The remote end names the tunnel endpoint; ports are UDP's.</summary>
public readonly record struct TunnelPath(IpAddress Remote, ushort SourcePort, ushort DestinationPort)
{
    /// <summary>Of a datagram to send: the DSCP of its IP header.</summary>
    public byte Dscp { get; init; }
}

/// <summary>
/// The underlay as one tunnel endpoint sees it: UDP datagrams from and to other endpoints. A frame here holds the UDP payload: a
/// Geneve or VXLAN header and the inner frame. Belongs to one packet thread; nothing here blocks.
/// </summary>
public interface ITunnelSocket : IDisposable
{
    /// <summary>The tunnel endpoint's own address.</summary>
    IpAddress Local { get; }

    /// <summary>The largest IP packet in bytes that the underlay carries: a datagram may have 28 (IPv4) or 48 (IPv6) less.</summary>
    int Mtu { get; }

    /// <summary>A file descriptor that polls readable when datagrams may be waiting; -1 if there is none and it must be asked.</summary>
    int Descriptor { get; }

    /// <summary>
    /// Takes what has arrived, as many as fit: payloads into frames of the pool, and for each its path (remote address, the remote's
    /// source port, the local port it came to). Returns how many; if as many as fit, ask again before polling.
    /// </summary>
    int Receive(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths);

    /// <summary>
    /// Sends them in order, never fragmented (DF set), from the given source port or one of the same hash class. Finishes with each
    /// before it returns: the caller keeps the buffers. Returns how many went out; the rest is lost and counted.
    /// </summary>
    int Send(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths);
}
