using Fabric.NodeOvs.Datapath.Fields;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Tables;

/// <summary>
/// The flows of one table, found by tuple space search: one hash table for each set of bits that flows look at, the one with the highest
/// priority first (Srinivasan, Suri, Varghese, "Packet Classification using Tuple Space Search").
/// </summary>
internal sealed class FlowTable(byte number)
{
    private readonly Dictionary<MatchMask, Tuple> _byMask = [];
    private Tuple[] _tuples = [];

    public byte Number => number;

    public int Count { get; private set; }

    public long Lookups { get; set; }

    public long Matches { get; set; }

    /// <summary>All flows, in no order.</summary>
    public IEnumerable<FlowEntry> All => _byMask.Values.SelectMany(tuple => tuple.All);

    /// <summary>The flow of the highest priority that the fields meet.</summary>
    public FlowEntry? Find(in PacketFields fields)
    {
        Lookups++;
        FlowEntry? best = null;
        foreach (var tuple in _tuples)
        {
            if (best is not null && best.Priority >= tuple.HighestPriority)
            {
                break;
            }

            if (tuple.Find(fields) is { } found && (best is null || found.Priority > best.Priority))
            {
                best = found;
            }
        }

        if (best is not null)
        {
            Matches++;
        }

        return best;
    }

    /// <summary>All flows that the fields meet at one priority: what conjunctions are put together from.</summary>
    public void FindAll(in PacketFields fields, int priority, List<FlowEntry> found)
    {
        foreach (var tuple in _tuples)
        {
            tuple.FindAll(fields, priority, found);
        }
    }

    /// <summary>The flow with exactly this match and priority.</summary>
    public FlowEntry? FindExactly(FlowMatch match, ushort priority)
    {
        var compiled = CompiledMatch.Of(match);
        return _byMask.TryGetValue(compiled.Mask, out var tuple) ? tuple.FindExactly(compiled, match, priority) : null;
    }

    public void Add(FlowEntry flow)
    {
        if (!_byMask.TryGetValue(flow.Compiled.Mask, out var tuple))
        {
            _byMask.Add(flow.Compiled.Mask, tuple = new Tuple(flow.Compiled.Mask));
        }

        if (tuple.Add(flow))
        {
            Sort();
        }

        Count++;
    }

    public void Remove(FlowEntry flow)
    {
        var tuple = _byMask[flow.Compiled.Mask];
        bool changed = tuple.Remove(flow);
        if (tuple.Count == 0)
        {
            _byMask.Remove(flow.Compiled.Mask);
            changed = true;
        }

        if (changed)
        {
            Sort();
        }

        flow.IsGone = true;
        Count--;
    }

    private void Sort() => _tuples = [.. _byMask.Values.OrderByDescending(tuple => tuple.HighestPriority)];

    /// <summary>The flows that look at the same bits.</summary>
    private sealed class Tuple(MatchMask mask)
    {
        private readonly Dictionary<ulong, FlowEntry> _flows = [];
        private readonly SortedDictionary<int, int> _priorities = [];

        public int Count { get; private set; }

        public int HighestPriority { get; private set; } = -1;

        public IEnumerable<FlowEntry> All
        {
            get
            {
                foreach (var first in _flows.Values)
                {
                    for (var flow = first; flow is not null; flow = flow.Next)
                    {
                        yield return flow;
                    }
                }
            }
        }

        public FlowEntry? Find(in PacketFields fields)
        {
            _flows.TryGetValue(CompiledMatch.HashOf(fields, mask), out var flow);
            while (flow is not null && !flow.Compiled.Holds(fields))
            {
                flow = flow.Next;
            }

            return flow;
        }

        public void FindAll(in PacketFields fields, int priority, List<FlowEntry> found)
        {
            _flows.TryGetValue(CompiledMatch.HashOf(fields, mask), out var flow);
            for (; flow is not null; flow = flow.Next)
            {
                if (flow.Priority == priority && flow.Compiled.Holds(fields))
                {
                    found.Add(flow);
                }
            }
        }

        public FlowEntry? FindExactly(CompiledMatch compiled, FlowMatch match, ushort priority)
        {
            _flows.TryGetValue(compiled.Hash, out var flow);
            while (flow is not null && !(flow.Priority == priority && flow.Match.Equals(match)))
            {
                flow = flow.Next;
            }

            return flow;
        }

        /// <summary>True: the highest priority is another now.</summary>
        public bool Add(FlowEntry flow)
        {
            ulong hash = flow.Compiled.Hash;
            _flows.TryGetValue(hash, out var first);
            if (first is null || first.Priority < flow.Priority)
            {
                flow.Next = first;
                _flows[hash] = flow;
            }
            else
            {
                var before = first;
                while (before.Next is { } next && next.Priority >= flow.Priority)
                {
                    before = next;
                }

                flow.Next = before.Next;
                before.Next = flow;
            }

            Count++;
            _priorities[flow.Priority] = _priorities.GetValueOrDefault(flow.Priority) + 1;
            return Highest();
        }

        /// <summary>True: the highest priority is another now.</summary>
        public bool Remove(FlowEntry flow)
        {
            ulong hash = flow.Compiled.Hash;
            var first = _flows[hash];
            if (ReferenceEquals(first, flow))
            {
                if (flow.Next is { } next)
                {
                    _flows[hash] = next;
                }
                else
                {
                    _flows.Remove(hash);
                }
            }
            else
            {
                var before = first;
                while (!ReferenceEquals(before.Next, flow))
                {
                    before = before.Next!;
                }

                before.Next = flow.Next;
            }

            Count--;
            if (--_priorities[flow.Priority] == 0)
            {
                _priorities.Remove(flow.Priority);
            }

            return Highest();
        }

        private bool Highest()
        {
            int highest = _priorities.Count == 0 ? -1 : _priorities.Keys.Max();
            bool changed = highest != HighestPriority;
            HighestPriority = highest;
            return changed;
        }
    }
}
