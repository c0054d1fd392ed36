using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;

namespace Fabric.Packets.Links;

/// <summary>
/// One end of a wire in memory. Frames arrive whole, in order, at once; what does not fit in the wire's queue is lost. The two
/// ends may belong to two threads.
/// </summary>
public sealed class MemoryLink : ILink
{
    private readonly FrameQueue _incoming;
    private readonly FrameQueue _outgoing;

    private MemoryLink(string name, int mtu, FrameQueue incoming, FrameQueue outgoing)
    {
        Name = name;
        Mtu = mtu;
        _incoming = incoming;
        _outgoing = outgoing;
    }

    public string Name { get; }

    public int Mtu { get; }

    public int Descriptor => _incoming.Descriptor;

    /// <summary>Frames that found no room, or were longer than the wire's MTU allows.</summary>
    public long SendDrops { get; private set; }

    /// <summary>A wire with two ends.</summary>
    /// <param name="name">Of the first end; the second is called "NAME (peer)".</param>
    /// <param name="mtu">The largest IP packet; a VLAN tag or two come on top.</param>
    /// <param name="capacity">Frames under way in one direction.</param>
    public static (MemoryLink Near, MemoryLink Far) CreatePair(string name, int mtu = 1500, int capacity = 1024)
    {
        int frameCapacity = mtu + EthernetView.HeaderLength + (2 * VlanView.TagLength);
        var there = new FrameQueue(capacity, frameCapacity);
        var back = new FrameQueue(capacity, frameCapacity);
        return (new MemoryLink(name, mtu, back, there), new MemoryLink($"{name} (peer)", mtu, there, back));
    }

    public int Receive(FramePool pool, Span<FrameBuffer> frames) => _incoming.Take(pool, frames, []);

    public int Send(ReadOnlySpan<FrameBuffer> frames)
    {
        int sent = _outgoing.Add(frames, []);
        SendDrops += frames.Length - sent;
        return sent;
    }

    public void Dispose() => _incoming.Dispose();
}
