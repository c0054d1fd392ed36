using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links;

/// <summary>
/// The edge that frames cross: an interface, a wire in memory, a file. A link belongs to one packet thread; nothing here blocks.
/// Frames are whole Ethernet frames without FCS, VLAN tag in place, checksums filled in, no larger than <see cref="Mtu"/> allows:
/// a link that meets the kernel's super-frames or partial checksums makes them so.
/// </summary>
public interface ILink : IDisposable
{
    string Name { get; }

    /// <summary>The largest IP packet in bytes that a frame on this link may carry.</summary>
    int Mtu { get; }

    /// <summary>A file descriptor that polls readable when frames may be waiting; -1 if the link has none and must be asked.</summary>
    int Descriptor { get; }

    /// <summary>True once the device behind the link is no more: it stays silent for ever, and whoever wants it back opens it anew.</summary>
    bool IsGone => false;

    /// <summary>
    /// Takes what has arrived, as many as fit; each is filled into a frame from <paramref name="pool"/>. Returns how many. As many as
    /// fit means that more may be waiting which <see cref="Descriptor"/> does not tell of: ask again before polling.
    /// </summary>
    int Receive(FramePool pool, Span<FrameBuffer> frames);

    /// <summary>
    /// Sends them in order. Copies or finishes with each before it returns: the caller keeps the buffers. Returns how many went out;
    /// the rest found no room and is lost, as on a real wire.
    /// </summary>
    int Send(ReadOnlySpan<FrameBuffer> frames);
}
