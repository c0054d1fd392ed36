using Fabric.OvsProtocol.OpenFlow.Actions;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>An action set is done in the standard's order, not in its own; of two alike the later counts (OpenFlow 1.3.5, section 5.10).</summary>
internal static class ActionSet
{
    public static IReadOnlyList<FlowAction> InOrder(List<FlowAction> set)
    {
        bool toGroup = set.Exists(action => action is GroupAction);
        return [.. set.Where(action => !(toGroup && action is OutputAction)).Reverse<FlowAction>().DistinctBy(action => action switch
        {
            SetFieldAction field => (object)field.Field.Id,
            LoadAction load => load.To,
            _ => action.GetType(),
        }).Reverse().OrderBy(action => action switch
        {
            PopVlanAction => 0,
            PushVlanAction => 1,
            DecrementTtlAction => 2,
            GroupAction => 8,
            OutputAction => 9,
            _ => 5,
        })];
    }
}
