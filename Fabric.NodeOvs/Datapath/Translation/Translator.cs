using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Connections;
using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>
/// Thinks one packet through the flow tables and writes down what is to be done with it and its like (OpenFlow 1.3.5, section 5). One object
/// for one packet. With a <see cref="ILookupStory"/> it also says why, step by step: that is ofproto/trace.
/// </summary>
internal sealed class Translator(FrozenLookups frozen, long now, ILookupStory? story = null, bool withEffects = true)
{
    private const int DeepestResubmit = 64;
    private const int MostResubmits = 4096;

    private readonly List<FlowEntry> _credited = [];
    private readonly List<(GroupEntry, BucketEntry)> _buckets = [];
    private readonly List<MacLearning> _learned = [];
    private List<PacketAction> _actions = [];
    private List<FlowAction>? _actionSet;
    private Bridge _bridge = null!;
    private PacketFields _flow;
    private PacketFields _packet;
    private byte _table;
    private int _depth;
    private int _resubmits;
    private bool _isOnce;
    private bool _isOver;

    /// <summary>The program for packets with these fields.</summary>
    public PacketProgram Translate(Bridge bridge, byte table, in PacketFields fields, long generation)
    {
        _bridge = bridge;
        _flow = fields;
        _packet = fields;
        Lookup(table, tail: true);
        return new PacketProgram([.. _actions], [.. _credited], [.. _buckets], [.. _learned], generation, _isOnce);
    }

    /// <summary>The program for one packet with actions of its own, as a controller sends it.</summary>
    public PacketProgram Translate(Bridge bridge, IReadOnlyList<FlowAction> actions, in PacketFields fields)
    {
        _bridge = bridge;
        _flow = fields;
        _packet = fields;
        Do(actions, tail: true, null);
        return new PacketProgram([.. _actions], [.. _credited], [.. _buckets], [.. _learned], 0, isOnce: true);
    }

    private uint InPort => (uint)_flow[FieldSlot.InPort];

    private void Lookup(byte first, bool tail)
    {
        int table = first;
        byte outer = _table;
        while (table >= 0 && !_isOver)
        {
            _table = (byte)table;
            var found = _bridge.Flows[table] is { } flows ? ConjunctionLookup.Find(flows, ref _flow) : null;
            story?.Looked(_bridge, _table, found, _depth);
            if (found is null)
            {
                break;
            }

            _credited.Add(found);
            table = Follow(found, tail);
        }

        _table = outer;
    }

    /// <summary>Does what a flow says; the next table, or -1.</summary>
    private int Follow(FlowEntry flow, bool tail)
    {
        var instructions = flow.Instructions;
        bool last = tail && instructions.Goto is null && instructions.Write is null && _actionSet is null;
        Do(instructions.Apply, last, flow);
        if (instructions.Clear)
        {
            _actionSet = null;
        }

        if (instructions.Write is { } write)
        {
            (_actionSet ??= []).AddRange(write);
        }

        if (instructions.Metadata is { } metadata)
        {
            var slot = FieldSlot.Of(FieldId.Metadata);
            _flow[slot] = (_flow[slot] & ~metadata.Mask) | (metadata.Value & metadata.Mask);
        }

        if (instructions.Goto is { } next)
        {
            return next > _table ? next : -1;
        }

        if (_actionSet is { } set)
        {
            _actionSet = null;
            Do(ActionSet.InOrder(set), tail, flow);
        }

        return -1;
    }

    private void Do(IReadOnlyList<FlowAction> actions, bool tail, FlowEntry? flow)
    {
        for (int i = 0; i < actions.Count && !_isOver; i++)
        {
            Do(actions[i], tail && i == actions.Count - 1, flow);
        }
    }

    private void Do(FlowAction action, bool tail, FlowEntry? flow)
    {
        story?.Does(action, _depth);
        switch (action)
        {
            case OutputAction output:
                Output(output, flow);
                break;
            case OutputPartAction output:
                ToNumber((uint)_flow.Get(output.From));
                break;
            case PushVlanAction:
                Settle();
                if (_flow.HasTag)
                {
                    _actions.Add(new PacketAction.PushVlan(0));
                    _packet[FieldSlot.VlanTci] = PacketFields.VlanPresent;
                }

                _flow[FieldSlot.VlanTci] = PacketFields.VlanPresent;
                break;
            case PopVlanAction:
                _flow[FieldSlot.VlanTci] = 0;
                break;
            case SetFieldAction set:
                _flow.Set(set.Field);
                break;
            case LoadAction load:
                _flow.Set(load.To, load.Value);
                break;
            case MoveAction move:
                _flow.Set(move.To, _flow.Get(move.From));
                break;
            case DecrementTtlAction:
                if (_flow[FieldSlot.IpTtl] <= 1)
                {
                    _isOver = true; // such a packet goes no further (ovs-actions(7), dec_ttl)
                }
                else
                {
                    _flow[FieldSlot.IpTtl]--;
                }

                break;
            case GroupAction group:
                Group(group.Group, tail);
                break;
            case ResubmitAction resubmit:
                Resubmit(resubmit, tail);
                break;
            case ConnectionTrackAction track:
                Track(track, tail);
                break;
            case CtClearAction:
                _flow.ForgetConnection();
                _actions.Add(new PacketAction.ClearTrack());
                break;
            case LearnAction learn:
                _isOnce = true;
                if (withEffects)
                {
                    _bridge.Flows.Learn(LearnedFlow.Of(learn, _flow), now);
                }

                break;
            case CloneAction clone:
                OnCopy(tail, inner => Do(clone.Actions, inner, flow));
                break;
            case ControllerAction controller:
                Settle();
                _actions.Add(new PacketAction.Punt(controller.MaxLength, controller.Reason, _table, flow?.Cookie ?? 0, controller.ControllerId));
                break;
            case MultipathAction multipath:
                uint hash = FlowHash.Symmetric(_flow, withUdpPorts: multipath.Fields == 3) + (uint)multipath.Basis;
                _flow.Set(multipath.To, hash % (uint)(multipath.MaxLink + 1));
                break;
            default:
                break; // a note, or part of a conjunction
        }
    }

    private void Output(OutputAction output, FlowEntry? flow)
    {
        switch (output.Port)
        {
            case OfPort.InPort:
                ToPort(InPort);
                break;
            case OfPort.Normal:
                Normal();
                break;
            case OfPort.Flood or OfPort.All:
                foreach (uint port in _bridge.Ports.Keys.Where(port => port != InPort).Order().ToArray())
                {
                    ToPort(port);
                }

                break;
            case OfPort.Controller:
                Settle();
                _actions.Add(new PacketAction.Punt(output.MaxLength, flow is { Priority: 0, Match.Fields.Count: 0 } ? 0 : 1, _table, flow?.Cookie ?? 0, 0));
                break;
            case OfPort.Table:
                Lookup(0, tail: false);
                break;
            default:
                ToNumber(output.Port);
                break;
        }
    }

    /// <summary>A port by its number: back where it came from only by name.</summary>
    private void ToNumber(uint port)
    {
        if (port != InPort)
        {
            ToPort(port);
        }
    }

    private void ToPort(uint number)
    {
        if (!_bridge.Ports.TryGetValue(number, out var port))
        {
            return;
        }

        if (!port.IsPatch)
        {
            Settle();
            _actions.Add(new PacketAction.Output(_bridge.DeviceOf(number)));
            return;
        }

        if (port.Peer is not var (bridge, peer) || _depth >= DeepestResubmit)
        {
            return;
        }

        var (here, flow, table) = (_bridge, _flow, _table);
        _bridge = bridge;
        _flow[FieldSlot.InPort] = peer;
        _flow.ForgetPassage();
        _depth++;
        OnCopy(tail: false, inner => Lookup(0, inner));
        _depth--;
        (_bridge, _flow, _table) = (here, flow, table);
    }

    /// <summary>As a learning switch with VLANs forwards (ovs-actions(7), "normal").</summary>
    private void Normal()
    {
        if (!_bridge.Ports.TryGetValue(InPort, out var from) || from.VlanOf((ushort)_flow[FieldSlot.VlanTci]) is not { } vlan
            || NormalForwarding.IsForBridges(_flow[FieldSlot.EthDst]))
        {
            return;
        }

        ulong source = _flow[FieldSlot.EthSrc];
        if (!NormalForwarding.IsGroup(source))
        {
            if (withEffects)
            {
                _bridge.Macs.Learn(source, vlan, from.Number, now);
            }

            _learned.Add(new MacLearning(_bridge.Macs, source, vlan, from.Number));
        }

        foreach (var port in NormalForwarding.Targets(_bridge, from, _flow[FieldSlot.EthDst], vlan))
        {
            ToPort(port, vlan);
        }
    }

    private void ToPort(BridgePort port, ushort vlan)
    {
        ulong before = _flow[FieldSlot.VlanTci];
        _flow[FieldSlot.VlanTci] = port.SendsTagged(vlan) ? (before & 0xE000) | PacketFields.VlanPresent | vlan : 0UL;
        ToPort(port.Number);
        _flow[FieldSlot.VlanTci] = before;
    }

    private void Group(uint id, bool tail)
    {
        if (!_bridge.Groups.TryGetValue(id, out var group) || _depth >= DeepestResubmit)
        {
            return;
        }

        var chosen = GroupChoice.Of(_bridge, group, _flow);
        _depth++;
        foreach (var bucket in chosen)
        {
            _buckets.Add((group, bucket));
            story?.Chose(group, bucket, _depth);
            OnCopy(tail && chosen.Count == 1, inner => Do(bucket.Bucket.Actions, inner, null));
        }

        _depth--;
    }

    private void Resubmit(ResubmitAction resubmit, bool tail)
    {
        if (_depth >= DeepestResubmit || ++_resubmits > MostResubmits)
        {
            story?.Says("resubmitted too often: the packet is dropped here", _depth);
            return;
        }

        ulong port = _flow[FieldSlot.InPort];
        if (resubmit.Port is { } other)
        {
            _flow[FieldSlot.InPort] = other;
        }

        _depth++;
        Lookup(resubmit.Table ?? _table, tail);
        _depth--;
        _flow[FieldSlot.InPort] = port;
    }

    private void Track(ConnectionTrackAction track, bool tail)
    {
        Settle();
        ushort zone = track.ZoneFrom is { } part ? (ushort)_flow.Get(part) : track.Zone;
        var (mark, label) = ConnectionWrites.Of(track.Exec, _flow);
        var request = new CtRequest(zone, track.Commit, track.Force, track.Nat, (uint)mark.Value, (uint)mark.Mask, label.Value, label.Mask);
        if (track.Table is not { } table)
        {
            _actions.Add(new PacketAction.Track(request));
            return;
        }

        uint pass = frozen.NumberOf(new FrozenLookup(_bridge, table, _flow));
        PacketAction[] both = [new PacketAction.Track(request), new PacketAction.Recirculate(pass)];
        if (tail)
        {
            _actions.AddRange(both);
        }
        else
        {
            _actions.Add(new PacketAction.OnCopy(both));
        }
    }

    /// <summary>
    /// Does something whose changes to the packet the rest must not see: on a copy, unless there is no rest. What was changed before is settled
    /// first, so that the copy starts from it.
    /// </summary>
    private void OnCopy(bool tail, Action<bool> work)
    {
        if (tail)
        {
            work(true);
            return;
        }

        Settle();
        var (outer, flow, packet, over) = (_actions, _flow, _packet, _isOver);
        _actions = [];
        work(true);
        var inner = _actions;
        (_actions, _flow, _packet, _isOver) = (outer, flow, packet, over);
        if (inner.Count > 0 && inner.TrueForAll(action => action is PacketAction.Output))
        {
            _actions.AddRange(inner); // sending changes nothing
        }
        else if (inner.Count > 0)
        {
            _actions.Add(new PacketAction.OnCopy([.. inner]));
        }
    }

    private void Settle() => HeaderDifference.Add(ref _packet, _flow, _actions);
}
