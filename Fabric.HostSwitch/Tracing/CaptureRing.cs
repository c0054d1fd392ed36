using System.Buffers.Binary;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Google.Protobuf;

namespace Fabric.HostSwitch.Tracing;

/// <summary>
/// Captured frames on their way from the packet thread to one reader: a ring of bytes with one writer and one reader, neither of
/// which ever waits. What finds no room is lost and counted.
/// </summary>
internal sealed class CaptureRing(TimeProvider time, int snapLength, CaptureRequest.Types.Direction direction, int capacity = 4 << 20) : ICaptureTap
{
    private const int HeadLength = 20; // length kept, original length, direction, time

    private readonly byte[] _bytes = new byte[capacity];
    private long _written;
    private long _read;
    private long _lost;

    /// <summary>Frames that found no room, in total.</summary>
    public ulong Lost => (ulong)Volatile.Read(ref _lost);

    public bool Wants(bool output) => direction switch
    {
        CaptureRequest.Types.Direction.Input => !output,
        CaptureRequest.Types.Direction.Output => output,
        _ => true,
    };

    public void Capture(ReadOnlySpan<byte> frame, bool output) => Capture([], frame, output);

    /// <summary>A frame in two pieces: headers made for the capture, and what they stand in front of.</summary>
    public void Capture(ReadOnlySpan<byte> front, ReadOnlySpan<byte> rest, bool output)
    {
        if (!Wants(output))
        {
            return;
        }

        int original = front.Length + rest.Length;
        int kept = snapLength > 0 ? Math.Min(original, snapLength) : original;
        long free = _bytes.Length - (_written - Volatile.Read(ref _read));
        if (free < HeadLength + kept)
        {
            Volatile.Write(ref _lost, _lost + 1);
            return;
        }

        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, kept);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], (original << 1) | (output ? 1 : 0));
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
        long at = _written;
        Put(ref at, head);
        Put(ref at, front[..Math.Min(front.Length, kept)]);
        Put(ref at, rest[..(kept - Math.Min(front.Length, kept))]);
        Volatile.Write(ref _written, at);
    }

    /// <summary>Takes up to that many frames; the reader's side.</summary>
    public List<CapturedFrame> Take(int most)
    {
        var frames = new List<CapturedFrame>();
        long until = Volatile.Read(ref _written);
        long at = _read;
        Span<byte> head = stackalloc byte[HeadLength];
        while (at < until && frames.Count < most)
        {
            Get(ref at, head);
            int kept = BinaryPrimitives.ReadInt32LittleEndian(head);
            int original = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
            var data = new byte[kept];
            Get(ref at, data);
            frames.Add(new CapturedFrame
            {
                Data = UnsafeByteOperations.UnsafeWrap(data),
                OriginalLength = (uint)original >> 1,
                Output = (original & 1) != 0,
                TimestampNs = BinaryPrimitives.ReadInt64LittleEndian(head[8..]),
            });
        }

        Volatile.Write(ref _read, at);
        return frames;
    }

    private void Put(ref long at, ReadOnlySpan<byte> bytes)
    {
        int place = (int)(at % _bytes.Length);
        int first = Math.Min(bytes.Length, _bytes.Length - place);
        bytes[..first].CopyTo(_bytes.AsSpan(place));
        bytes[first..].CopyTo(_bytes);
        at += bytes.Length;
    }

    private void Get(ref long at, Span<byte> bytes)
    {
        int place = (int)(at % _bytes.Length);
        int first = Math.Min(bytes.Length, _bytes.Length - place);
        _bytes.AsSpan(place, first).CopyTo(bytes);
        _bytes.AsSpan(0, bytes.Length - first).CopyTo(bytes[first..]);
        at += bytes.Length;
    }
}
