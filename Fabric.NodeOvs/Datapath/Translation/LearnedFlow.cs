using Fabric.NodeOvs.Datapath.Fields;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>The flow that a learn action makes from a packet (ovs-actions(7), "learn").</summary>
internal static class LearnedFlow
{
    public static FlowMod Of(LearnAction learn, in PacketFields packet)
    {
        var match = new Dictionary<FieldId, FieldMatch>();
        var actions = new List<FlowAction>();
        foreach (var spec in learn.Specs)
        {
            var value = spec.From is { } from ? packet.Get(from) : spec.Value;
            switch (spec.Target)
            {
                case LearnTarget.Match:
                    var to = spec.To!.Value;
                    match.TryGetValue(to.Id, out var known);
                    match[to.Id] = new FieldMatch(to.Id, to.Into(known.Value, value), known.Mask | to.Mask);
                    break;
                case LearnTarget.Load:
                    actions.Add(new LoadAction((ulong)value, spec.To!.Value));
                    break;
                default:
                    actions.Add(new OutputAction((uint)value));
                    break;
            }
        }

        return new FlowMod
        {
            Command = FlowModCommand.Add,
            Table = learn.Table,
            Priority = learn.Priority,
            Cookie = learn.Cookie,
            IdleTimeout = learn.IdleTimeout,
            HardTimeout = learn.HardTimeout,
            Flags = (learn.Flags & LearnAction.SendFlowRemoved) != 0 ? FlowFlags.SendFlowRemoved : FlowFlags.None,
            Match = new FlowMatch(match.Values),
            Instructions = FlowInstructions.Of(actions),
        };
    }
}
