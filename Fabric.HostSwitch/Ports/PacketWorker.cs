using System.Collections.Concurrent;
using System.Threading.Channels;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Ports;

/// <summary>
/// The packet thread: polls the links, runs batches through the data path, sends what came of them, and between batches does what
/// others ask. It owns all packet state, so nothing there needs a lock. <see cref="RunOnce"/> is one round of it, for tests and for
/// labs under virtual time.
/// </summary>
internal sealed class PacketWorker : IDisposable
{
    public const int BatchSize = 64;

    private const int JumboFrame = 9000 + 256; // an interface of 9000, with Ethernet, tags and a tunnel's header; the pool reuses few
    private const long RetryEveryMs = 1000;
    private const int IdleMs = 20; // as fine as BFD and the hold queue need
    private const int UnpolledIdleMs = 1;

    private readonly PacketClock _clock;
    private readonly FramePool _pool;
    private readonly LinkPoller? _poller;
    private readonly VnicSeats _vnics;
    private readonly TunnelSeats _tunnels;
    private readonly ConcurrentQueue<Action<Datapath>> _requests = new();
    private readonly Channel<HostNotice> _notices;
    private readonly Datapath _datapath;
    private HostTables? _published;
    private Thread? _thread;
    private volatile bool _isStopping;
    private long _retryAt;

    /// <param name="state">Shared with the builder of tables.</param>
    /// <param name="tables">The first generation.</param>
    /// <param name="firewall">Whose connections this thread owns from now on.</param>
    /// <param name="source">Opens devices and endpoints.</param>
    /// <param name="uplink">The interface that endpoints are opened on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="poller">What the thread sleeps on; null: <see cref="RunOnce"/> is called by someone else.</param>
    /// <param name="frameCapacity">Bytes of the largest frame, tunnel headers included.</param>
    public PacketWorker(
        HostState state,
        HostTables tables,
        IPacketFilter firewall,
        ILinkSource source,
        string uplink,
        TimeProvider time,
        LinkPoller? poller = null,
        int frameCapacity = JumboFrame)
    {
        _clock = new PacketClock(time);
        _pool = new FramePool(frameCapacity);
        _poller = poller;
        _datapath = new Datapath(state, firewall, _pool, tables);
        _vnics = new VnicSeats(state, source, _pool, _datapath.Context, poller);
        _tunnels = new TunnelSeats(uplink, source, _pool, _datapath.Context, _datapath.Tunnels, poller);
        _notices = Channel.CreateBounded<HostNotice>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });
        _tunnels.Reconcile(tables.Tunnels);
    }

    /// <summary>What the agent should hear. What does not fit waits and is merged with what follows.</summary>
    public ChannelReader<HostNotice> Notices => _notices.Reader;

    /// <summary>Puts a generation into force before the next batch. Any thread; the last one published wins.</summary>
    public void Publish(HostTables tables)
    {
        Volatile.Write(ref _published, tables);
        _poller?.Wake();
    }

    /// <summary>Gives a VIF its device. Idempotent; the device may come later.</summary>
    public void Plug(string vifId, string device, int mtu) => Request(_ => _vnics.Plug(vifId, device, mtu));

    public void Unplug(string vifId) => Request(_ => _vnics.Unplug(vifId));

    /// <summary>Has the packet thread do something between two batches, and answers with what came of it.</summary>
    public Task<T> AskAsync<T>(Func<Datapath, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(datapath =>
        {
            try
            {
                answer.SetResult(question(datapath));
            }
            catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or KeyNotFoundException)
            {
                answer.SetException(failure); // the asker's mistake, not the thread's
            }
        });
        return answer.Task;
    }

    /// <summary>The time that the thread's records bear.</summary>
    public long Now => _clock.Now;

    public void Start()
    {
        _thread = new Thread(Loop) { Name = "packets", IsBackground = true };
        _thread.Start();
    }

    /// <summary>One round: requests, a batch from each link, time, and sending. Returns how many frames came in.</summary>
    public int RunOnce()
    {
        long now = _clock.Now;
        if (Interlocked.Exchange(ref _published, null) is { } tables)
        {
            _datapath.Publish(tables);
            _tunnels.Reconcile(tables.Tunnels);
        }

        while (_requests.TryDequeue(out var request))
        {
            request(_datapath);
        }

        if (now >= _retryAt)
        {
            _retryAt = now + RetryEveryMs;
            _vnics.Retry();
            _tunnels.Reconcile(_datapath.Tables.Tunnels);
        }

        int count = _vnics.Receive(_datapath, now) + _tunnels.Receive(_datapath, now);
        _datapath.Tick(now);
        _vnics.Send();
        _tunnels.Send();
        Tell();
        return count;
    }

    public void Dispose()
    {
        _isStopping = true;
        _poller?.Wake();
        _thread?.Join();
        _vnics.CloseAll();
        _tunnels.CloseAll();
        _notices.Writer.TryComplete();
        _poller?.Dispose();
    }

    private void Loop()
    {
        while (!_isStopping)
        {
            if (RunOnce() == 0 && _requests.IsEmpty && Volatile.Read(ref _published) is null)
            {
                _poller!.Wait(_vnics.AllPolled ? IdleMs : UnpolledIdleMs);
            }
        }
    }

    private void Request(Action<Datapath> request)
    {
        _requests.Enqueue(request);
        _poller?.Wake();
    }

    private void Tell()
    {
        while (_vnics.Notices.TryPeek(out var notice) && _notices.Writer.TryWrite(notice))
        {
            _vnics.Notices.Dequeue();
        }

        var changed = _datapath.Context.ChangedDiscoveries;
        if (changed.Count == 0)
        {
            return;
        }

        foreach (string id in changed)
        {
            if (!_datapath.Tables.Ports.TryGetValue(id, out var port)
                || _notices.Writer.TryWrite(new HostNotice.Discovered(
                    new DiscoveryChange(id, [.. port.State.Addresses.Seen], port.State.Addresses.Realized))))
            {
                changed.Remove(id);
            }
        }
    }
}
