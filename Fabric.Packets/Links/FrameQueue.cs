using Fabric.Packets.Buffers;
using Fabric.Packets.Links.Linux;

namespace Fabric.Packets.Links;

/// <summary>
/// A bounded queue of copied frames between threads: the wire inside the in-memory links. What finds no room is lost. Its slots
/// are made when first used and used again, so that a steady state allocates nothing; the lock is taken once per batch.
/// </summary>
internal sealed class FrameQueue(int capacity, int frameCapacity) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FrameBuffer?[] _frames = new FrameBuffer?[capacity];
    private readonly TunnelPath[] _paths = new TunnelPath[capacity];
    private WakeUp? _wakeUp;
    private int _head;
    private int _count;

    /// <summary>Made on first demand, so that a link nobody polls costs no descriptor.</summary>
    public int Descriptor
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return -1;
            }

            lock (_lock)
            {
                if (_wakeUp is null)
                {
                    _wakeUp = new WakeUp();
                    if (_count > 0)
                    {
                        _wakeUp.Ring();
                    }
                }

                return _wakeUp.Descriptor;
            }
        }
    }

    /// <summary>Puts copies in, in order. Returns how many found room and are no longer than a slot.</summary>
    public int Add(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths)
    {
        int added = 0;
        lock (_lock)
        {
            for (int index = 0; index < frames.Length && _count < capacity; index++)
            {
                if (frames[index].Length > frameCapacity)
                {
                    continue;
                }

                int at = (_head + _count) % capacity;
                var slot = _frames[at] ??= new FrameBuffer(frameCapacity);
                slot.Set(frames[index].Bytes);
                _paths[at] = paths.IsEmpty ? default : paths[index];
                _count++;
                added++;
            }

            if (added > 0)
            {
                _wakeUp?.Ring();
            }
        }

        return added;
    }

    /// <summary>Takes copies out, in order, as many as fit. A frame longer than the pool's is lost.</summary>
    public int Take(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths)
    {
        int taken = 0;
        lock (_lock)
        {
            while (taken < frames.Length && _count > 0)
            {
                var frame = pool.Take();
                var bytes = _frames[_head]!.Bytes;
                if (bytes.Length > frame.Capacity)
                {
                    pool.Give(frame);
                }
                else
                {
                    frame.Set(bytes);
                    if (!paths.IsEmpty)
                    {
                        paths[taken] = _paths[_head];
                    }

                    frames[taken++] = frame;
                }

                _head = (_head + 1) % capacity;
                _count--;
            }

            if (_count == 0)
            {
                _wakeUp?.Clear();
            }
        }

        return taken;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _wakeUp?.Dispose();
            _wakeUp = null;
        }
    }
}
