using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Firewall;

/// <summary>What a rule has met on this host. The packet thread writes; others read numbers that may be a moment old.</summary>
internal sealed class RuleCounters(uint ruleId)
{
    private ulong _packets;
    private ulong _bytes;
    private ulong _sessions;
    private ulong _hits;

    public uint RuleId { get; } = ruleId;

    /// <summary>A packet that the rule decided, itself or through a connection that it allowed.</summary>
    public void CountPacket(int bytes)
    {
        Volatile.Write(ref _packets, _packets + 1);
        Volatile.Write(ref _bytes, _bytes + (uint)bytes);
    }

    /// <summary>A lookup that ended at the rule.</summary>
    public void CountHit() => Volatile.Write(ref _hits, _hits + 1);

    /// <summary>A connection that the rule allowed.</summary>
    public void CountSession() => Volatile.Write(ref _sessions, _sessions + 1);

    public RuleStatistics Read(string nodeId) => new()
    {
        NodeId = nodeId,
        RuleId = RuleId,
        Packets = Volatile.Read(ref _packets),
        Bytes = Volatile.Read(ref _bytes),
        Sessions = Volatile.Read(ref _sessions),
        Hits = Volatile.Read(ref _hits),
    };
}
