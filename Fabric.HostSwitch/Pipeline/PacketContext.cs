using Fabric.HostSwitch.Tables;
using Fabric.Packets.Buffers;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>What the stages of every generation share on the packet thread: the pool, the counters, what they want sent.</summary>
internal sealed class PacketContext(HostState state, FramePool pool)
{
    public HostState State { get; } = state;

    public FramePool Pool { get; } = pool;

    public HostCounters Counters { get; } = new();

    public Emissions Emissions { get; } = new();

    /// <summary>Ports whose discovered addresses changed and were not reported yet.</summary>
    public HashSet<string> ChangedDiscoveries { get; } = [];

    /// <summary>Rises with whatever cached flows depend on: tables, learned addresses, devices. Older actions are void.</summary>
    public uint Epoch { get; private set; } = 1;

    public void ForgetFlows() => Epoch++;

    /// <summary>Counts an event of a real frame; an explanation counts nothing.</summary>
    public void Count(ref readonly Frame frame, HostEvent happened)
    {
        if (!frame.IsDryRun)
        {
            Counters.Count(happened);
        }
    }

    /// <summary>Counts a drop for the host and for the port whose checks were running.</summary>
    public void CountDrop(ref readonly Frame frame, DropReason reason)
    {
        if (frame.IsDryRun)
        {
            return;
        }

        Counters.Drops[(int)reason]++;
        if (frame.Port is not { } port)
        {
            return;
        }

        var counters = port.State.Counters;
        counters.Drops[(int)reason]++;
        if (frame.Direction == Direction.Out)
        {
            counters.RxDropped++;
        }
        else
        {
            counters.TxDropped++;
        }
    }
}
