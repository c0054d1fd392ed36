using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Datapath.Tables;

/// <summary>One flow of a table: what it matches, what it does, and what it has seen. Times are the packet thread's, in milliseconds.</summary>
internal sealed class FlowEntry
{
    public FlowEntry(byte table, FlowMod mod, long now)
    {
        Table = table;
        Priority = mod.Priority;
        Match = mod.Match;
        Compiled = CompiledMatch.Of(mod.Match);
        Cookie = mod.Cookie;
        Flags = mod.Flags;
        IdleTimeout = mod.IdleTimeout;
        HardTimeout = mod.HardTimeout;
        Importance = mod.Importance;
        Instructions = mod.Instructions;
        Created = now;
        Modified = now;
        Used = now;
    }

    public byte Table { get; }

    public ushort Priority { get; }

    public FlowMatch Match { get; }

    public CompiledMatch Compiled { get; }

    public ulong Cookie { get; set; }

    public FlowFlags Flags { get; }

    /// <summary>In seconds; 0: never.</summary>
    public ushort IdleTimeout { get; }

    public ushort HardTimeout { get; }

    public ushort Importance { get; }

    public FlowInstructions Instructions { get; set; }

    public long Created { get; }

    /// <summary>When it was added or last changed: hard timeouts count from here.</summary>
    public long Modified { get; set; }

    public long Used { get; set; }

    public long Packets { get; set; }

    public long Bytes { get; set; }

    /// <summary>It is in no table any more: who removes what it learned may meet it again.</summary>
    public bool IsGone { get; set; }

    /// <summary>The next flow with the same masked words, of lower or equal priority.</summary>
    public FlowEntry? Next { get; set; }
}
