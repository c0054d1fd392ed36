using Fabric.NodeOvs.Datapath.Fields;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>What the actions in a ct action's exec() write into the connection's mark and label.</summary>
internal static class ConnectionWrites
{
    public static (FieldMatch Mark, FieldMatch Label) Of(IReadOnlyList<FlowAction> actions, in PacketFields fields)
    {
        var mark = new FieldMatch(FieldId.CtMark, 0, 0);
        var label = new FieldMatch(FieldId.CtLabel, 0, 0);
        foreach (var action in actions)
        {
            var written = action switch
            {
                SetFieldAction set => set.Field,
                LoadAction load => new FieldMatch(load.To.Id, load.To.Into(0, load.Value), load.To.Mask),
                MoveAction move => new FieldMatch(move.To.Id, move.To.Into(0, fields.Get(move.From)), move.To.Mask),
                _ => default,
            };
            if (written.Id == FieldId.CtMark)
            {
                mark = Over(mark, written);
            }
            else if (written.Id == FieldId.CtLabel)
            {
                label = Over(label, written);
            }
        }

        return (mark, label);
    }

    private static FieldMatch Over(FieldMatch before, FieldMatch written) => before with { Value = (before.Value & ~written.Mask) | written.Value, Mask = before.Mask | written.Mask };
}
