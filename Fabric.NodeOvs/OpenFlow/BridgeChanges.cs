using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>
/// Changes to flows and groups as messages ask for them, alone or all or none in a bundle (OpenFlow 1.3.5, sections 6.4 and 6.5; bundles: ONF
/// extension 230, OpenFlow 1.4, section 6.9).
/// </summary>
internal sealed class BridgeChanges(PacketSwitch packets, Bridge bridge)
{
    /// <exception cref="OpenFlowException">The change is refused; nothing was changed.</exception>
    public void Apply(OpenFlowMessage message)
    {
        switch (message.Type)
        {
            case MessageType.FlowMod:
                Apply(FlowMod.Read(message));
                break;
            case MessageType.GroupMod:
                Apply(GroupMod.Read(message));
                break;
            case MessageType.PortMod:
                break; // ports are up as long as their devices are
            default:
                throw new OpenFlowException(ErrorCode.BundleMessageUnsupported, $"{message.Type} in a bundle");
        }
    }

    /// <exception cref="OpenFlowException">One of them is refused; nothing was changed.</exception>
    public void ApplyAll(IReadOnlyList<OpenFlowMessage> messages)
    {
        var flows = bridge.Flows.Snapshot();
        var groups = bridge.Groups.Values.ToArray();
        try
        {
            foreach (var message in messages)
            {
                Apply(message);
            }
        }
        catch (OpenFlowException)
        {
            bridge.Flows.Restore(flows);
            bridge.RestoreGroups(groups);
            throw;
        }
    }

    private void Apply(FlowMod mod)
    {
        if (mod.Command is FlowModCommand.Add or FlowModCommand.Modify or FlowModCommand.ModifyStrict)
        {
            Check(mod);
        }

        switch (mod.Command)
        {
            case FlowModCommand.Add:
                if (!bridge.Flows.Add(mod, packets.Now))
                {
                    throw new OpenFlowException(ErrorCode.FlowModOverlap, "a flow of the same priority overlaps");
                }

                break;
            case FlowModCommand.Modify:
                bridge.Flows.Modify(mod, strict: false, packets.Now);
                break;
            case FlowModCommand.ModifyStrict:
                bridge.Flows.Modify(mod, strict: true, packets.Now);
                break;
            default:
                bridge.Flows.Delete(mod, mod.Command == FlowModCommand.DeleteStrict);
                break;
        }
    }

    private void Check(FlowMod mod)
    {
        if (mod.Instructions.Goto is { } next && mod.Table != FlowMod.AllTables && next <= mod.Table)
        {
            throw new OpenFlowException(ErrorCode.BadInstructionBadTableId, $"from table {mod.Table} to {next}");
        }

        foreach (var group in mod.Instructions.Apply.Concat(mod.Instructions.Write ?? []).OfType<GroupAction>())
        {
            if (!bridge.Groups.ContainsKey(group.Group))
            {
                throw new OpenFlowException(ErrorCode.BadActionBadOutGroup, $"there is no group {group.Group}");
            }
        }
    }

    private void Apply(GroupMod mod)
    {
        bool known = bridge.Groups.TryGetValue(mod.Group, out var group);
        switch (mod.Command)
        {
            case GroupModCommand.Add:
                if (known)
                {
                    throw new OpenFlowException(ErrorCode.GroupModGroupExists, $"group {mod.Group} is there");
                }

                Check(mod);
                bridge.PutGroup(new GroupEntry(mod, packets.Now));
                break;
            case GroupModCommand.Modify:
                Check(mod);
                bridge.PutGroup(Known(group, mod).With(mod, packets.Now));
                break;
            case GroupModCommand.Delete:
                foreach (uint id in mod.Group == GroupMod.AllGroups ? bridge.Groups.Keys.ToArray() : known ? [mod.Group] : [])
                {
                    Delete(id);
                }

                break;
            case GroupModCommand.InsertBucket:
                bridge.PutGroup(Known(group, mod).With(Inserted(group!.ToMod(), mod), packets.Now));
                break;
            default:
                bridge.PutGroup(Known(group, mod).With(Removed(group!.ToMod(), mod), packets.Now));
                break;
        }
    }

    private static GroupEntry Known(GroupEntry? group, GroupMod mod)
        => group ?? throw new OpenFlowException(ErrorCode.GroupModUnknownGroup, $"there is no group {mod.Group}");

    private static void Check(GroupMod mod)
    {
        if (mod.Type == GroupType.Indirect && mod.Buckets.Count != 1)
        {
            throw new OpenFlowException(ErrorCode.GroupModInvalidGroup, "an indirect group has one bucket");
        }

        if (mod.Buckets.Any(bucket => bucket.Actions.OfType<GroupAction>().Any(action => action.Group == mod.Group)))
        {
            throw new OpenFlowException(ErrorCode.GroupModLoop, $"group {mod.Group} would process by itself");
        }
    }

    private static GroupMod Inserted(GroupMod group, GroupMod change)
    {
        var buckets = group.Buckets.ToList();
        if (change.Buckets.FirstOrDefault(bucket => buckets.Exists(old => old.Id == bucket.Id)) is { } twice)
        {
            throw new OpenFlowException(ErrorCode.GroupModBadBucket, $"bucket {twice.Id} is there");
        }

        int at = change.CommandBucket switch
        {
            GroupMod.FirstBucket => 0,
            GroupMod.LastBucket or GroupMod.AllBuckets => buckets.Count,
            var id => buckets.FindIndex(bucket => bucket.Id == id) is >= 0 and var found ? found + 1 : throw new OpenFlowException(ErrorCode.GroupModBadBucket, $"there is no bucket {id}"),
        };
        buckets.InsertRange(at, change.Buckets);
        return group with { Buckets = buckets };
    }

    private static GroupMod Removed(GroupMod group, GroupMod change)
    {
        var buckets = group.Buckets.ToList();
        switch (change.CommandBucket)
        {
            case GroupMod.AllBuckets:
                buckets.Clear();
                break;
            case GroupMod.FirstBucket when buckets.Count > 0:
                buckets.RemoveAt(0);
                break;
            case GroupMod.LastBucket when buckets.Count > 0:
                buckets.RemoveAt(buckets.Count - 1);
                break;
            default:
                buckets.RemoveAll(bucket => bucket.Id == change.CommandBucket);
                break;
        }

        return group with { Buckets = buckets };
    }

    /// <summary>A group takes the flows that refer to it with it (OpenFlow 1.3.5, section 6.5).</summary>
    private void Delete(uint id)
    {
        bridge.RemoveGroup(id);
        bridge.Flows.Delete(new FlowMod { Table = FlowMod.AllTables, OutGroup = id }, strict: false, FlowRemovedReason.GroupDelete);
    }
}
