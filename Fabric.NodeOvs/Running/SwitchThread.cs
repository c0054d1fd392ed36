using System.Collections.Concurrent;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Running;

/// <summary>
/// The one thread that packets and all that decides about them belong to: it moves frames, and between batches does what others ask. Nothing
/// there needs a lock.
/// </summary>
internal sealed class SwitchThread : IDisposable
{
    private const int BatchSize = 64;
    private const int LongestFrame = 9000 + 256;
    private const int IdleMs = 100;

    private readonly TimeProvider _time;
    private readonly LinkPoller _poller = new();
    private readonly FramePool _pool = new(LongestFrame);
    private readonly FrameBuffer[] _batch = new FrameBuffer[BatchSize];
    private readonly ConcurrentQueue<Action<PacketSwitch>> _requests = new();
    private readonly PacketSwitch _packets;
    private readonly Thread _thread;
    private Device[] _devices = [];
    private volatile bool _isStopping;

    public SwitchThread(TimeProvider time)
    {
        _time = time;
        _packets = new PacketSwitch(_pool);
        _thread = new Thread(Loop) { Name = "packets", IsBackground = true };
    }

    /// <summary>In milliseconds.</summary>
    public long Now => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    public void Start() => _thread.Start();

    /// <summary>Has the packet thread do something between two batches, and answers with what came of it.</summary>
    public Task<T> AskAsync<T>(Func<PacketSwitch, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue(packets =>
        {
            try
            {
                answer.SetResult(question(packets));
            }
#pragma warning disable CA1031 // the asker's failure is the asker's to deal with; packets go on
            catch (Exception failure)
#pragma warning restore CA1031
            {
                answer.SetException(failure);
            }
        });
        _poller.Wake();
        return answer.Task;
    }

    /// <summary>Begins to receive from a device. Called on the packet thread.</summary>
    public void Attach(Device device)
    {
        _packets.AddDevice(device);
        _devices = [.. _packets.Devices];
        if (device.Link.Descriptor >= 0)
        {
            _poller.Add(device.Link.Descriptor, (int)device.Number);
        }
    }

    /// <summary>Ends it, and closes the device. Called on the packet thread.</summary>
    public void Detach(Device device)
    {
        _packets.RemoveDevice(device);
        _devices = [.. _packets.Devices];
        if (device.Link.Descriptor >= 0)
        {
            _poller.Remove(device.Link.Descriptor);
        }

        device.Link.Dispose();
    }

    public void Dispose()
    {
        _isStopping = true;
        _poller.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        foreach (var device in _packets.Devices.ToArray())
        {
            device.Link.Dispose();
        }

        _poller.Dispose();
    }

    private void Loop()
    {
        while (!_isStopping)
        {
            long now = Now;
            while (_requests.TryDequeue(out var request))
            {
                _packets.Tick(now);
                request(_packets);
            }

            int moved = 0;
            foreach (var device in _devices)
            {
                int count = device.Link.Receive(_pool, _batch);
                moved += count;
                for (int i = 0; i < count; i++)
                {
                    _packets.Receive(device, _batch[i], now);
                }
            }

            if (moved > 0)
            {
                _packets.FlushAll();
            }

            _packets.Tick(now);
            if (moved == 0 && _requests.IsEmpty)
            {
                _poller.Wait(IdleMs);
            }
        }
    }
}
