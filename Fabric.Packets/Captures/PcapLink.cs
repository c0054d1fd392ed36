using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.Packets.Captures;

/// <summary>A link whose incoming frames are replayed from a capture and whose outgoing frames are recorded to another.</summary>
public sealed class PcapLink(string name, PcapFileReader? replay, PcapFileWriter? record, TimeProvider clock, int mtu = 1500) : ILink
{
    public string Name => name;

    public int Mtu => mtu;

    /// <summary>There is nothing to poll: the whole file has arrived already.</summary>
    public int Descriptor => -1;

    /// <summary>True once the capture is at its end.</summary>
    public bool IsGone { get; private set; } = replay is null;

    /// <summary>Replayed frames longer than a buffer of the pool.</summary>
    public long ReceiveDrops { get; private set; }

    public int Receive(FramePool pool, Span<FrameBuffer> frames)
    {
        int count = 0;
        while (count < frames.Length && !IsGone)
        {
            if (!replay!.TryRead(out var captured))
            {
                IsGone = true;
                break;
            }

            var frame = pool.Take();
            if (captured.Bytes.Length > frame.Capacity)
            {
                pool.Give(frame);
                ReceiveDrops++;
                continue;
            }

            frame.Set(captured.Bytes.Span);
            frames[count++] = frame;
        }

        return count;
    }

    public int Send(ReadOnlySpan<FrameBuffer> frames)
    {
        if (record is null)
        {
            return 0;
        }

        var now = clock.GetUtcNow();
        foreach (var frame in frames)
        {
            record.Write(now, frame.Bytes);
        }

        return frames.Length;
    }

    public void Dispose()
    {
        replay?.Dispose();
        record?.Dispose();
    }
}
