using Fabric.NodeOvs.Bridges;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Datapath.Tables;

/// <summary>Why a flow is gone (OpenFlow 1.3.5, section 7.4.2).</summary>
internal enum FlowRemovedReason : byte
{
    IdleTimeout = 0,
    HardTimeout = 1,
    Delete = 2,
    GroupDelete = 3,
}

/// <summary>The flow tables of a bridge and the changes that flow modifications make (OpenFlow 1.3.5, section 6.4).</summary>
internal sealed class FlowTables(ChangeCount changes)
{
    public const int Count = 254;

    private readonly FlowTable?[] _tables = new FlowTable?[Count + 1];
    private readonly HashSet<FlowEntry> _timed = [];

    /// <summary>Some flow looks at TCP flags: packets of one connection may meet different flows.</summary>
    public bool UsesTcpFlags { get; private set; }

    /// <summary>Some flow looks at the original addresses of connections, which are not in a packet's key.</summary>
    public bool UsesConnectionTuple { get; private set; }

    /// <summary>Flows that are gone, and why.</summary>
    public event Action<FlowEntry, FlowRemovedReason>? Removed;

    public IEnumerable<FlowEntry> All => _tables.SelectMany(table => table?.All ?? []);

    public FlowTable? this[int number] => _tables[number];

    public FlowTable Of(byte number) => _tables[number] ??= new FlowTable(number);

    /// <summary>Adds a flow, in the place of one with the same match and priority.</summary>
    /// <returns>False: it overlaps one of the same priority, and the request said that it must not.</returns>
    public bool Add(FlowMod mod, long now)
    {
        var table = Of(mod.Table == FlowMod.AllTables ? (byte)0 : mod.Table);
        var old = table.FindExactly(mod.Match, mod.Priority);
        if (mod.Flags.HasFlag(FlowFlags.CheckOverlap) && table.All.Any(flow => flow.Priority == mod.Priority && !ReferenceEquals(flow, old) && flow.Match.Overlaps(mod.Match)))
        {
            return false;
        }

        var added = new FlowEntry(table.Number, mod, now);
        if (old is not null)
        {
            if (!mod.Flags.HasFlag(FlowFlags.ResetCounts))
            {
                (added.Packets, added.Bytes) = (old.Packets, old.Bytes);
            }

            table.Remove(old);
            _timed.Remove(old);
        }

        table.Add(added);
        UsesTcpFlags |= mod.Match[FieldId.TcpFlags] is not null;
        UsesConnectionTuple |= mod.Match.Fields.Any(field => field.Id is >= FieldId.CtProto and <= FieldId.CtPortDst);
        if (added.IdleTimeout != 0 || added.HardTimeout != 0)
        {
            _timed.Add(added);
        }

        changes.Add();
        return true;
    }

    /// <summary>Adds a learned flow, or keeps the same one from growing old.</summary>
    public void Learn(FlowMod mod, long now)
    {
        if (Of(mod.Table).FindExactly(mod.Match, mod.Priority) is { } same && same.Instructions.Equals(mod.Instructions) && same.IdleTimeout == mod.IdleTimeout)
        {
            same.Used = now;
            same.Modified = now;
        }
        else
        {
            Add(mod, now);
        }
    }

    /// <summary>Gives selected flows other instructions; a strict request without such a flow, or a loose one, changes nothing then.</summary>
    /// <returns>How many.</returns>
    public int Modify(FlowMod mod, bool strict, long now)
    {
        int changed = 0;
        foreach (var flow in Select(mod, strict))
        {
            flow.Instructions = mod.Instructions;
            flow.Modified = now;
            if (mod.CookieMask == 0 && mod.Cookie != ulong.MaxValue)
            {
                flow.Cookie = mod.Cookie;
            }

            if (mod.Flags.HasFlag(FlowFlags.ResetCounts))
            {
                (flow.Packets, flow.Bytes) = (0, 0);
            }

            changed++;
        }

        if (changed > 0)
        {
            changes.Add();
        }

        return changed;
    }

    public int Delete(FlowMod mod, bool strict, FlowRemovedReason reason = FlowRemovedReason.Delete)
    {
        var chosen = Select(mod, strict);
        chosen.ForEach(flow => Remove(flow, reason));
        return chosen.Count;
    }

    public void Remove(FlowEntry flow, FlowRemovedReason reason)
    {
        if (flow.IsGone)
        {
            return;
        }

        _tables[flow.Table]!.Remove(flow);
        _timed.Remove(flow);
        changes.Add();
        Removed?.Invoke(flow, reason);
        foreach (var learn in flow.Instructions.Apply.OfType<LearnAction>().Where(learn => (learn.Flags & LearnAction.DeleteLearned) != 0))
        {
            Delete(new FlowMod { Table = learn.Table, Cookie = learn.Cookie, CookieMask = ulong.MaxValue }, strict: false);
        }
    }

    /// <summary>The flows that a request means, over one table or all.</summary>
    public List<FlowEntry> Select(FlowMod mod, bool strict)
    {
        IEnumerable<FlowTable?> tables = mod.Table == FlowMod.AllTables ? _tables : [_tables[mod.Table]];
        var chosen = new List<FlowEntry>();
        foreach (var table in tables)
        {
            if (table is null)
            {
                continue;
            }

            if (strict)
            {
                if (table.FindExactly(mod.Match, mod.Priority) is { } exact && IsMeant(exact, mod))
                {
                    chosen.Add(exact);
                }
            }
            else
            {
                chosen.AddRange(table.All.Where(flow => flow.Match.IsWithin(mod.Match) && IsMeant(flow, mod)));
            }
        }

        return chosen;
    }

    /// <summary>All flows with what they do now, to come back to.</summary>
    public IReadOnlyList<(FlowEntry Flow, FlowInstructions Instructions, ulong Cookie)> Snapshot() => [.. All.Select(flow => (flow, flow.Instructions, flow.Cookie))];

    /// <summary>Comes back to what was; nobody is told of flows that were never there.</summary>
    public void Restore(IReadOnlyList<(FlowEntry Flow, FlowInstructions Instructions, ulong Cookie)> snapshot)
    {
        Array.Clear(_tables);
        _timed.Clear();
        foreach (var (flow, instructions, cookie) in snapshot)
        {
            flow.Instructions = instructions;
            flow.Cookie = cookie;
            flow.IsGone = false;
            flow.Next = null;
            Of(flow.Table).Add(flow);
            if (flow.IdleTimeout != 0 || flow.HardTimeout != 0)
            {
                _timed.Add(flow);
            }
        }

        changes.Add();
    }

    /// <summary>Flows whose time is over go.</summary>
    public void Expire(long now)
    {
        foreach (var flow in _timed.ToArray())
        {
            if (flow.HardTimeout != 0 && now - flow.Modified >= flow.HardTimeout * 1000L)
            {
                Remove(flow, FlowRemovedReason.HardTimeout);
            }
            else if (flow.IdleTimeout != 0 && now - flow.Used >= flow.IdleTimeout * 1000L)
            {
                Remove(flow, FlowRemovedReason.IdleTimeout);
            }
        }
    }

    private static bool IsMeant(FlowEntry flow, FlowMod mod)
        => (flow.Cookie & mod.CookieMask) == (mod.Cookie & mod.CookieMask)
            && (mod.OutPort == OfPort.Any || Uses(flow, action => action is OutputAction output && output.Port == mod.OutPort))
            && (mod.OutGroup == uint.MaxValue || Uses(flow, action => action is GroupAction group && group.Group == mod.OutGroup));

    private static bool Uses(FlowEntry flow, Func<FlowAction, bool> test) => flow.Instructions.Apply.Concat(flow.Instructions.Write ?? []).Any(test);
}
