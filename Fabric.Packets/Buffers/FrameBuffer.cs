namespace Fabric.Packets.Buffers;

/// <summary>
/// One frame in memory of its own, with headroom in front, so that a header is added or taken away by moving the start.
/// Its memory is pinned and made once; buffers come from a <see cref="FramePool"/> and go back to it.
/// </summary>
public sealed class FrameBuffer
{
    /// <summary>Bytes kept free in front of a received frame: outer Ethernet, VLAN, IPv6, UDP, Geneve with options, and virtio's header.</summary>
    public const int Headroom = 128;

    private readonly byte[] _memory;
    private int _start = Headroom;

    public FrameBuffer(int capacity = 2048) => _memory = GC.AllocateUninitializedArray<byte>(Headroom + capacity, pinned: true);

    /// <summary>Length of the frame in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that fit behind the headroom.</summary>
    public int Capacity => _memory.Length - Headroom;

    /// <summary>Bytes free in front of the frame.</summary>
    public int FreeInFront => _start;

    /// <summary>The frame.</summary>
    public Span<byte> Bytes => _memory.AsSpan(_start, Length);

    /// <summary>The whole memory, for links that hand its address to the kernel.</summary>
    public byte[] Memory => _memory;

    /// <summary>Where the frame starts within <see cref="Memory"/>.</summary>
    public int Start => _start;

    /// <summary>Empties the buffer and gives back the room to write a frame into; <see cref="SetLength"/> says how much was written.</summary>
    public Span<byte> Reset()
    {
        _start = Headroom;
        Length = 0;
        return _memory.AsSpan(Headroom);
    }

    /// <summary>States the frame's length, from its present start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    public void SetLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _memory.Length - _start);
        Length = length;
    }

    /// <summary>Adds bytes in front and gives them back to be written. Copies nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The headroom does not hold them.</exception>
    public Span<byte> Prepend(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _start);
        _start -= count;
        Length += count;
        return _memory.AsSpan(_start, count);
    }

    /// <summary>Takes bytes away in front. Copies nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame is shorter.</exception>
    public void TrimStart(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        _start += count;
        Length -= count;
    }

    /// <summary>Replaces the frame with a copy of these bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit.</exception>
    public void Set(ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, Capacity);
        frame.CopyTo(Reset());
        Length = frame.Length;
    }
}
