using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>
/// Finds a packet's flow where some flows are only clauses of a conjunctive match (ovs-fields(7), "Conjunctive Match Fields"): when all clauses
/// of one are met, the packet has its number, and is looked up with that.
/// </summary>
internal static class ConjunctionLookup
{
    public static FlowEntry? Find(FlowTable table, ref PacketFields fields)
    {
        var found = table.Find(fields);
        while (found is not null && IsClause(found))
        {
            int priority = found.Priority;
            var atPriority = new List<FlowEntry>();
            table.FindAll(fields, priority, atPriority);
            if (atPriority.Find(flow => !IsClause(flow)) is { } whole)
            {
                return whole;
            }

            foreach (uint id in Whole(atPriority))
            {
                fields[FieldSlot.Of(FieldId.ConjunctionId)] = id;
                var under = new List<FlowEntry>();
                table.FindAll(fields, priority, under);
                if (under.Find(flow => flow.Match[FieldId.ConjunctionId] is not null) is { } met)
                {
                    return met;
                }

                fields[FieldSlot.Of(FieldId.ConjunctionId)] = 0;
            }

            found = Below(table, fields, priority);
        }

        return found;
    }

    private static bool IsClause(FlowEntry flow) => flow.Instructions.Apply is [ConjunctionAction, ..];

    /// <summary>The conjunctions of which every clause is met.</summary>
    private static IEnumerable<uint> Whole(List<FlowEntry> clauses)
        => clauses.SelectMany(flow => flow.Instructions.Apply.OfType<ConjunctionAction>())
            .GroupBy(clause => (clause.Id, clause.Clauses))
            .Where(group => group.Select(clause => clause.Clause).Distinct().Count() == group.Key.Clauses)
            .Select(group => group.Key.Id);

    private static FlowEntry? Below(FlowTable table, in PacketFields fields, int priority)
    {
        FlowEntry? best = null;
        foreach (var flow in table.All)
        {
            if (flow.Priority < priority && (best is null || flow.Priority > best.Priority) && flow.Compiled.Holds(fields))
            {
                best = flow;
            }
        }

        return best;
    }
}
