using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// Sends frames through a packet socket in batches, a virtio header in front of each. Runs of TCP segments leave as one
/// super-frame gathered from their buffers (<see cref="TcpRun"/>); the kernel, or the peer's, cuts it again where it must.
/// </summary>
internal sealed unsafe class SuperFrameSender : IDisposable
{
    private const int BatchSize = 64;
    private const int VectorsPerFrame = 3; // virtio header, headers of a run, bytes of a frame
    private readonly MessageBatch _batch = new(BatchSize, VectorsPerFrame, controlLength: 0, nameLength: 0);
    private readonly int[] _runs = new int[BatchSize];
    private readonly byte* _headers = (byte*)NativeMemory.Alloc(BatchSize, TcpRun.MaxHeaderLength);
    private readonly VirtioHeader* _virtio = (VirtioHeader*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(VirtioHeader));
    private readonly LinkDrops _drops;
    private bool _isDisposed;

    public SuperFrameSender(LinkDrops drops) => _drops = drops;

    /// <summary>Sends frames none of which exceeds the device's MTU. Returns how many went out; -1 - that number if the device is gone.</summary>
    public int Send(int socket, ReadOnlySpan<FrameBuffer> frames)
    {
        int sent = 0;
        while (!frames.IsEmpty)
        {
            int taken = Build(frames[..Math.Min(frames.Length, BatchSize)], out int messages);
            sent += _batch.Send(socket, _runs.AsSpan(0, messages), _drops, out int refusal);
            frames = frames[taken..];
            if (refusal == LinuxCalls.NoSuchDevice)
            {
                _drops.SendErrors += frames.Length;
                return -1 - sent;
            }
        }

        return sent;
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _batch.Dispose();
            NativeMemory.Free(_headers);
            NativeMemory.Free(_virtio);
        }
    }

    private int Build(ReadOnlySpan<FrameBuffer> frames, out int messages)
    {
        messages = 0;
        int taken = 0;
        int vectors = 0;
        while (taken < frames.Length)
        {
            int run = TcpRun.Measure(frames[taken..], out var layout);
            int from = vectors;
            _virtio[messages] = default;
            Add(ref vectors, _virtio + messages, VirtioHeader.Length);
            int skip = 0;
            if (run > 1)
            {
                byte* headers = _headers + (messages * TcpRun.MaxHeaderLength);
                TcpRun.WriteHeaders(frames.Slice(taken, run), layout, headers, out _virtio[messages]);
                Add(ref vectors, headers, layout.PayloadOffset);
                skip = layout.PayloadOffset;
            }

            foreach (var frame in frames.Slice(taken, run))
            {
                Add(ref vectors, MessageBatch.AddressOf(frame) + skip, frame.Length - skip);
            }

            ref var header = ref _batch[messages].Header;
            header.Vectors = (IoVector*)Unsafe.AsPointer(ref _batch.Vector(0, from));
            header.VectorCount = (nuint)(vectors - from);
            _runs[messages++] = run;
            taken += run;
        }

        return taken;
    }

    private void Add(ref int vectors, void* start, int length)
        => _batch.Vector(0, vectors++) = new IoVector { Start = start, Length = (nuint)length };
}
