using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Tables;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>
/// What was decided for a flow of packets: what is done with each, and which flows and buckets they count for. Counts are handed on now and
/// then, and before anybody reads them.
/// </summary>
internal sealed class PacketProgram(
    PacketAction[] actions, FlowEntry[] credited, (GroupEntry Group, BucketEntry Bucket)[] buckets, MacLearning[] learned, long generation, bool isOnce)
{
    private long _packets;
    private long _bytes;
    private long _usedAt;

    /// <summary>Empty: drop.</summary>
    public PacketAction[] Actions => actions;

    /// <summary>Of the switch when this was decided.</summary>
    public long Generation => generation;

    /// <summary>Deciding had an effect of its own, such as learning a flow: the next packet decides anew.</summary>
    public bool IsOnce => isOnce;

    public void Count(int bytes, long now)
    {
        _packets++;
        _bytes += bytes;
        _usedAt = now;
    }

    /// <summary>Hands the counts on to what decided, and keeps what was learned from growing old.</summary>
    public void Credit()
    {
        if (_packets == 0)
        {
            return;
        }

        foreach (var flow in credited)
        {
            flow.Packets += _packets;
            flow.Bytes += _bytes;
            flow.Used = _usedAt;
        }

        foreach (var (group, bucket) in buckets)
        {
            group.Packets += _packets;
            group.Bytes += _bytes;
            bucket.Packets += _packets;
            bucket.Bytes += _bytes;
        }

        foreach (var learning in learned)
        {
            learning.Table.Learn(learning.Mac, learning.Vlan, learning.Port, _usedAt);
        }

        _packets = 0;
        _bytes = 0;
    }
}

/// <summary>That an address was seen at a port.</summary>
internal readonly record struct MacLearning(MacTable Table, ulong Mac, ushort Vlan, uint Port);
