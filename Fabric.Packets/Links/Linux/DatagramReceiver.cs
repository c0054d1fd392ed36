using System.Runtime.InteropServices;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// Receives the datagrams of one UDP port in batches. The kernel may join datagrams of one flow (UDP_GRO); they are handed out
/// one by one again. A datagram that came alone lands straight in a buffer of the pool.
/// </summary>
internal sealed unsafe class DatagramReceiver : IDisposable
{
    private const int BatchSize = 32;
    private const int ControlRoom = 64;
    private const int Truncated = 0x20; // MSG_TRUNC
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int LargestPoolFrame = 16 << 10;
    private const int LargestDatagram = 64 << 10;
    private const int OverflowSize = LargestPoolFrame + LargestDatagram;

    private readonly MessageBatch _batch = new(BatchSize, vectorsPerMessage: 2, ControlRoom, SocketAddress.MaxLength + 4);
    private readonly FrameBuffer?[] _frames = new FrameBuffer?[BatchSize];
    private readonly byte* _overflow = (byte*)NativeMemory.Alloc(BatchSize, OverflowSize); // costs memory only where it is touched
    private readonly int _socket;
    private readonly ushort _port;
    private readonly LinkDrops _drops;
    private int _next;
    private int _count;
    private int _used = BatchSize;
    private int _joinedAt;
    private int _joinedLength;
    private int _joinedSize;

    public DatagramReceiver(int socket, ushort port, LinkDrops drops)
    {
        _socket = socket;
        _port = port;
        _drops = drops;
    }

    /// <summary>Takes what has arrived, as many as fit.</summary>
    public int Receive(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths)
    {
        int count = 0;
        bool isFilled = false;
        while (count < frames.Length)
        {
            if (_next == _count)
            {
                if ((isFilled && _count < BatchSize) || !Fill(pool))
                {
                    break; // a batch that was not full left nothing behind
                }

                isFilled = true;
            }

            int slot = _next;
            if (TakeNext(pool) is { } frame)
            {
                var from = SocketAddress.Read(new ReadOnlySpan<byte>(_batch.Name(slot), SocketAddress.MaxLength), out ushort port);
                frames[count] = frame;
                paths[count++] = new TunnelPath(from, port, _port);
            }
        }

        return count;
    }

    public void Dispose()
    {
        _ = LinuxCalls.Close(_socket);
        _batch.Dispose();
        NativeMemory.Free(_overflow);
    }

    private bool Fill(FramePool pool)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            var frame = _frames[slot] ??= pool.Take();
            _ = frame.Reset();
            _batch.Vector(slot, 0) = new IoVector { Start = MessageBatch.AddressOf(frame), Length = (nuint)Lead(frame) };
            _batch.Vector(slot, 1) = new IoVector { Start = Overflow(slot) + Lead(frame), Length = LargestDatagram };
            _batch.Rearm(slot);
        }

        _next = 0;
        _count = Math.Max(0, LinuxCalls.ReceiveBatch(_socket, _batch.Messages, BatchSize, DontWait, null));
        _used = _count;
        return _count > 0;
    }

    private FrameBuffer? TakeNext(FramePool pool)
    {
        if (_joinedAt < _joinedLength)
        {
            return TakeJoined(pool);
        }

        ref var message = ref _batch[_next];
        var frame = _frames[_next]!;
        int length = (int)message.Length;
        byte* segment = _batch.FindControl(_next, UdpSocket.SolUdp, UdpSocket.Aggregate, sizeof(int));
        if (segment != null && *(int*)segment > 0 && *(int*)segment < length)
        {
            int lead = Math.Min(length, Lead(frame));
            new ReadOnlySpan<byte>(MessageBatch.AddressOf(frame), lead).CopyTo(new Span<byte>(Overflow(_next), lead));
            (_joinedAt, _joinedLength, _joinedSize) = (0, length, *(int*)segment);
            return TakeJoined(pool);
        }

        _next++;
        if (length > Lead(frame) || (message.Header.Flags & Truncated) != 0)
        {
            _drops.ReceiveTooLong++;
            return null;
        }

        frame.SetLength(length);
        _frames[_next - 1] = null;
        return frame;
    }

    private FrameBuffer? TakeJoined(FramePool pool)
    {
        int length = Math.Min(_joinedSize, _joinedLength - _joinedAt);
        var piece = new ReadOnlySpan<byte>(Overflow(_next) + _joinedAt, length);
        _joinedAt += length;
        if (_joinedAt == _joinedLength)
        {
            _next++;
        }

        var frame = pool.Take();
        if (length > frame.Capacity)
        {
            pool.Give(frame);
            _drops.ReceiveTooLong++;
            return null;
        }

        frame.Set(piece);
        return frame;
    }

    private static int Lead(FrameBuffer frame) => Math.Min(frame.Capacity, LargestPoolFrame);

    private byte* Overflow(int slot) => _overflow + ((nint)slot * OverflowSize);
}
