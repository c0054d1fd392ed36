using System.Runtime.InteropServices;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// Receives frames with a virtio header in front and hands them out legal, one by one. The kernel writes each into three pieces: the
/// header, a buffer of the pool, and an overflow that only super-frames reach; so an ordinary frame is never copied.
/// </summary>
internal sealed unsafe class SuperFrameReceiver : IDisposable
{
    private const int SolPacket = 263;
    private const int Auxdata = 8; // PACKET_AUXDATA
    private const int AuxdataLength = 20; // struct tpacket_auxdata
    private const int AuxdataRoom = 40;
    private const int VlanIsValid = 1 << 4; // TP_STATUS_VLAN_VALID
    private const int VlanTypeIsValid = 1 << 6; // TP_STATUS_VLAN_TPID_VALID
    private const int Truncated = 0x20; // MSG_TRUNC
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int LargestPoolFrame = 16 << 10;
    private const int LargestSuperFrame = (64 << 10) + 64;
    private const int OverflowSize = LargestPoolFrame + LargestSuperFrame;

    private readonly MessageBatch _batch;
    private readonly LinkDrops _drops;
    private readonly FrameBuffer?[] _frames;
    private readonly VirtioHeader* _headers;
    private readonly byte* _overflow;
    private SuperFrame _super;
    private int _next;
    private int _count;
    private int _used;
    private bool _isDisposed;

    public SuperFrameReceiver(int batchSize, LinkDrops drops)
    {
        _batch = new MessageBatch(batchSize, vectorsPerMessage: 3, AuxdataRoom, nameLength: 0);
        _drops = drops;
        _frames = new FrameBuffer?[batchSize];
        _headers = (VirtioHeader*)NativeMemory.AllocZeroed((nuint)batchSize, (nuint)sizeof(VirtioHeader));
        _overflow = (byte*)NativeMemory.Alloc((nuint)batchSize, OverflowSize); // costs memory only where it is touched
        _used = batchSize;
    }

    /// <summary>True while received frames wait to be taken.</summary>
    public bool HasPending => _next < _count;

    /// <summary>The last batch was full, so the kernel may have more; else it had no more, and will say so when it has.</summary>
    public bool MayHaveMore => _count == _batch.Count;

    /// <summary>Receives a batch from a packet socket. Returns 0, or the system's error number.</summary>
    public int Receive(int socket, FramePool pool)
    {
        Prepare(pool);
        int result = LinuxCalls.ReceiveBatch(socket, _batch.Messages, (uint)_batch.Count, DontWait, null);
        return Received(result);
    }

    /// <summary>Receives one frame from a TAP device. Returns 0, or the system's error number.</summary>
    public int ReadOne(int descriptor, FramePool pool)
    {
        Prepare(pool);
        nint length = LinuxCalls.ReadVector(descriptor, _batch[0].Header.Vectors, 3);
        _batch[0].Length = (uint)Math.Max(length, 0);
        _batch[0].Header.ControlLength = 0;
        _batch[0].Header.Flags = 0;
        return Received(length < 0 ? -1 : 1);
    }

    /// <summary>The next legal frame; null if what was next had to be dropped.</summary>
    public FrameBuffer? TakeNext(FramePool pool)
    {
        var frame = _super.HasMore ? TakeSegment(pool) : TakeReceived(pool);
        if (frame is not null)
        {
            RestoreVlan(frame);
        }

        if (!_super.HasMore)
        {
            _next++;
        }

        return frame;
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _batch.Dispose();
            NativeMemory.Free(_headers);
            NativeMemory.Free(_overflow);
        }
    }

    /// <summary>Makes the slots ready that the last batch used; the others are as they were.</summary>
    private void Prepare(FramePool pool)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            var frame = _frames[slot] ??= pool.Take();
            _ = frame.Reset();
            _batch.Vector(slot, 0) = new IoVector { Start = _headers + slot, Length = VirtioHeader.Length };
            _batch.Vector(slot, 1) = new IoVector { Start = MessageBatch.AddressOf(frame), Length = (nuint)Lead(frame) };
            _batch.Vector(slot, 2) = new IoVector { Start = Overflow(slot) + Lead(frame), Length = LargestSuperFrame };
            _batch.Rearm(slot);
        }
    }

    private int Received(int result)
    {
        _next = 0;
        _count = Math.Max(result, 0);
        _used = _count;
        return result switch { < 0 => Marshal.GetLastPInvokeError(), 0 => LinuxCalls.TryAgain, _ => 0 };
    }

    private FrameBuffer? TakeReceived(FramePool pool)
    {
        ref var message = ref _batch[_next];
        ref var header = ref _headers[_next];
        var frame = _frames[_next]!;
        int length = (int)message.Length - VirtioHeader.Length;
        if (length <= 0 || (message.Header.Flags & Truncated) != 0)
        {
            _drops.ReceiveUnusable++;
            return null;
        }

        if (header.IsSuperFrame)
        {
            int lead = Math.Min(length, Lead(frame));
            new ReadOnlySpan<byte>(MessageBatch.AddressOf(frame), lead).CopyTo(new Span<byte>(Overflow(_next), lead));
            if (!SuperFrame.TryOpen(Overflow(_next), length, header, out _super))
            {
                _drops.ReceiveUnusable++;
                _super = default;
                return null;
            }

            return TakeSegment(pool);
        }

        if (length > Lead(frame))
        {
            _drops.ReceiveTooLong++;
            return null;
        }

        frame.SetLength(length);
        if ((header.Flags & VirtioHeader.NeedsChecksum) != 0 && !PartialChecksum.TryComplete(frame.Bytes, header))
        {
            _drops.ReceiveUnusable++;
            return null;
        }

        _frames[_next] = null;
        return frame;
    }

    private FrameBuffer? TakeSegment(FramePool pool)
    {
        var frame = pool.Take();
        int length = _super.WriteNext(frame.Reset());
        if (length < 0)
        {
            pool.Give(frame);
            _drops.ReceiveTooLong++;
            return null;
        }

        frame.SetLength(length);
        return frame;
    }

    /// <summary>Puts the tag back that the kernel took out on the way in.</summary>
    private void RestoreVlan(FrameBuffer frame)
    {
        byte* auxdata = _batch.FindControl(_next, SolPacket, Auxdata, AuxdataLength);
        if (auxdata == null || (*(uint*)auxdata & VlanIsValid) == 0)
        {
            return;
        }

        bool hasType = (*(uint*)auxdata & VlanTypeIsValid) != 0;
        EthernetEdits.PushVlan(
            frame, new VlanTag(*(ushort*)(auxdata + 16)), hasType ? (EtherType)(*(ushort*)(auxdata + 18)) : EtherType.Vlan);
    }

    /// <summary>How much of a frame goes into its buffer of the pool.</summary>
    private static int Lead(FrameBuffer frame) => Math.Min(frame.Capacity, LargestPoolFrame);

    private byte* Overflow(int slot) => _overflow + ((nint)slot * OverflowSize);
}
