using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Buffers;
using Fabric.Packets.Flows;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// The stateful distributed firewall (reference: nsx-dataplane.md, 4): layer 2 rules for each frame; then the connection that the
/// packet belongs to, or the first layer 3 rule that matches. Runs on the packet thread, which owns the connections.
/// </summary>
internal sealed class DistributedFirewall(ConnectionTable connections, FlowTimeouts timeouts) : IPacketFilter
{
    private readonly FragmentCache _fragments = new();
    private readonly AddressMemo _memo = new();

    public FirewallDecision Decide(ref Frame frame, PortFilter filter, Direction direction)
    {
        if (filter.IsExcluded)
        {
            return FirewallDecision.Unfiltered;
        }

        bool isDry = frame.IsDryRun;
        int length = frame.Buffer.Length;
        var packet = FilterPacket.Read(frame.Bytes, frame.Layout);
        RuleCounters? layer2 = null;
        if (!filter.Layer2.IsEmpty)
        {
            var query = packet.Query(direction, frame.Source, frame.Destination) with { EtherType = frame.Layout.EtherType };
            var rule = filter.Layer2.Match(query, filter.Sets, _memo);
            layer2 = Note(rule, length, isDry);
            if (rule is { Action: not RuleAction.Allow })
            {
                return Dropped(direction == Direction.Out ? DropReason.FirewallL2Rx : DropReason.FirewallL2Tx, rule, ref frame);
            }
        }

        return packet.Kind switch
        {
            PacketKind.NotIp => Passed(null, default, mayCache: layer2 is null, ref frame),
            PacketKind.LaterFragment => DecideFragment(ref frame, filter, direction, packet),
            PacketKind.IcmpError => DecideError(ref frame, filter, direction, packet),
            _ => DecideFlow(ref frame, filter, direction, packet, layer2),
        };
    }

    public bool TryTrack(ConnectionRef connection, ref Frame frame, PortFilter filter, Direction direction)
    {
        if (filter.IsExcluded)
        {
            return true;
        }

        if (!connections.IsLive(connection))
        {
            return false;
        }

        ref var entry = ref connections[connection.Place];
        var flow = entry.Flow(direction);
        var layer2 = entry.Layer2(flow);
        if (entry.Generation != filter.Generation
            || entry.Filter != filter.Number
            || frame.Now >= entry.ExpiresAt
            || (layer2 is null && !filter.Layer2.IsEmpty))
        {
            return false;
        }

        var packet = FilterPacket.Read(frame.Bytes, frame.Layout);
        bool isAnother = packet.Kind == PacketKind.Tcp && entry.Tcp.IsReplacedBy(packet.Tcp); // a new connection in its place is Decide's
        if (isAnother || !TryAdvance(ref entry, packet, flow, frame.Now, isDry: false, out _))
        {
            return false;
        }

        int length = frame.Buffer.Length;
        entry.Rule.CountPacket(length);
        layer2?.CountHit();
        layer2?.CountPacket(length);
        return true;
    }

    public bool TryBuildReject(ref Frame frame, FrameBuffer reply) => RejectReply.TryBuild(frame.Bytes, frame.Layout, reply);

    public void Tick(long now) => connections.Tick(now);

    private FirewallDecision DecideFlow(
        ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet, RuleCounters? layer2)
    {
        int place = packet.Kind == PacketKind.Announcement ? -1 : FindAllowed(filter, packet, direction, ref frame);
        if (place < 0)
        {
            return DecideByRules(ref frame, filter, direction, packet, layer2);
        }

        ref var connection = ref connections[place];
        if (packet.Kind == PacketKind.Tcp && connection.Tcp.IsReplacedBy(packet.Tcp))
        {
            if (!frame.IsDryRun)
            {
                connections.Remove(place);
            }

            return DecideByRules(ref frame, filter, direction, packet, layer2);
        }

        var flow = connection.Flow(direction);
        var rule = connection.Rule;
        if (!TryAdvance(ref connection, packet, flow, frame.Now, frame.IsDryRun, out var refusal))
        {
            return new FirewallDecision(Verdict.Drop(ReasonOf(refusal)), rule.RuleId, default, IsReject: false, MayCache: false);
        }

        if (!frame.IsDryRun)
        {
            Tie(ref connection, flow, layer2);
            Follow(filter, direction, packet, rule, frame.Now);
            rule.CountPacket(frame.Buffer.Length);
        }

        return Passed(rule, connections.RefOf(place), mayCache: false, ref frame);
    }

    /// <summary>
    /// The flow's connection, if today's rules still allow it: when they changed, the rules are asked again about its first packet
    /// (reference: nsx-dataplane.md, 4.5).
    /// </summary>
    private int FindAllowed(PortFilter filter, in FilterPacket packet, Direction direction, ref Frame frame)
    {
        int place = connections.Find(filter.Number, packet.Key, direction, frame.Now);
        if (place < 0)
        {
            return place;
        }

        ref var connection = ref connections[place];
        if (connection.Generation == filter.Generation)
        {
            return place;
        }

        var rule = filter.Layer3.Match(connection.Query, filter.Sets, _memo);
        bool isAllowed = rule is { Action: RuleAction.Allow, IsStateful: true };
        if (frame.IsDryRun)
        {
            return isAllowed ? place : -1;
        }

        if (!isAllowed)
        {
            connections.Remove(place);
            return -1;
        }

        connection.Generation = filter.Generation;
        connection.Rule = rule!.Counters;
        connection.Layer2Original = null;
        connection.Layer2Reply = null;
        return place;
    }

    private FirewallDecision DecideByRules(
        ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet, RuleCounters? layer2)
    {
        var rule = filter.Layer3.Match(packet.Query(direction, default, default), filter.Sets, _memo);
        if (rule is null)
        {
            Follow(filter, direction, packet, null, frame);
            return Passed(null, default, mayCache: layer2 is null, ref frame); // no rule objects: NSX's default is to allow
        }

        if (rule.Action != RuleAction.Allow)
        {
            Note(rule, frame.Buffer.Length, frame.IsDryRun);
            return Dropped(direction == Direction.Out ? DropReason.FirewallRuleRx : DropReason.FirewallRuleTx, rule, ref frame);
        }

        if (packet.Kind == PacketKind.Tcp && rule.IsStateful)
        {
            if (!packet.Tcp.HasLegalFlags)
            {
                return Dropped(DropReason.FirewallNormalize, rule, ref frame);
            }

            if (rule.IsStrict && !packet.Tcp.IsOpening)
            {
                return Dropped(DropReason.StrictNoSyn, rule, ref frame);
            }
        }

        if (!rule.IsStateful || !Starts(packet))
        {
            Note(rule, frame.Buffer.Length, frame.IsDryRun);
            Follow(filter, direction, packet, rule.Counters, frame);
            return Passed(rule.Counters, default, mayCache: false, ref frame);
        }

        if (frame.IsDryRun)
        {
            return connections.IsFull ? Dropped(DropReason.StateLimit, rule, ref frame) : Passed(rule.Counters, default, mayCache: false, ref frame);
        }

        return Begin(ref frame, filter, direction, packet, rule, layer2);
    }

    private FirewallDecision Begin(
        ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet, CompiledRule rule, RuleCounters? layer2)
    {
        int place = connections.Add(filter.Number, packet.Key, direction, rule.Counters, filter.Generation);
        if (place < 0)
        {
            return Dropped(DropReason.StateLimit, rule, ref frame);
        }

        ref var connection = ref connections[place];
        if (packet.Kind == PacketKind.Tcp)
        {
            connection.Tcp = TcpConnection.Start(packet.Tcp);
            connection.ExpiresAt = frame.Now + timeouts[connection.Tcp.Timer];
        }
        else
        {
            connection.ExpiresAt = frame.Now + timeouts[connection.Hear(FlowDirection.Original)];
        }

        rule.Counters.CountSession();
        Note(rule, frame.Buffer.Length, isDry: false);
        Tie(ref connection, FlowDirection.Original, layer2);
        Follow(filter, direction, packet, rule.Counters, frame.Now);
        return Passed(rule.Counters, connections.RefOf(place), mayCache: false, ref frame);
    }

    private FirewallDecision DecideFragment(ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet)
    {
        if (!_fragments.TryFind(filter.Number, direction, packet, frame.Now, out var rule))
        {
            return new FirewallDecision(Verdict.Drop(DropReason.FirewallFragment), 0, default, IsReject: false, MayCache: false);
        }

        if (!frame.IsDryRun)
        {
            rule?.CountPacket(frame.Buffer.Length);
        }

        return Passed(rule, default, mayCache: false, ref frame);
    }

    /// <summary>An error passes with the flow that it quotes, whose sender it goes to; one that quotes no flow is asked of the rules.</summary>
    private FirewallDecision DecideError(ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet)
    {
        if (packet.Key == default)
        {
            return new FirewallDecision(Verdict.Drop(DropReason.FirewallIcmpError), 0, default, IsReject: false, MayCache: false);
        }

        var quoted = direction == Direction.Out ? Direction.In : Direction.Out;
        int place = connections.Find(filter.Number, packet.Key, quoted, frame.Now);
        if (place < 0)
        {
            return DecideByRules(ref frame, filter, direction, packet, null);
        }

        var rule = connections[place].Rule;
        if (!frame.IsDryRun)
        {
            rule.CountPacket(frame.Buffer.Length);
            Follow(filter, direction, packet, rule, frame.Now);
        }

        return Passed(rule, default, mayCache: false, ref frame);
    }

    /// <summary>Moves a connection on by one of its packets; false: the packet is not one of its.</summary>
    private bool TryAdvance(
        ref Connection connection, in FilterPacket packet, FlowDirection flow, long now, bool isDry, out TcpRefusal refusal)
    {
        refusal = TcpRefusal.None;
        if (packet.Kind != PacketKind.Tcp)
        {
            if (!isDry)
            {
                connection.ExpiresAt = now + timeouts[connection.Hear(flow)];
            }

            return true;
        }

        refusal = TcpTracker.Next(connection.Tcp, packet.Tcp, flow, out var next);
        if (refusal != TcpRefusal.None)
        {
            return false;
        }

        if (!isDry)
        {
            connection.Tcp = next;
            connection.ExpiresAt = now + timeouts[next.Timer];
        }

        return true;
    }

    private static bool Starts(in FilterPacket packet) => packet.Kind switch
    {
        PacketKind.Tcp => !packet.Tcp.IsRst && !packet.Tcp.IsFin, // the end of a connection that nobody knows starts none
        PacketKind.Datagram or PacketKind.IcmpRequest => true,
        _ => false,
    };

    private static void Tie(ref Connection connection, FlowDirection flow, RuleCounters? layer2)
    {
        if (flow == FlowDirection.Original)
        {
            connection.Layer2Original = layer2;
        }
        else
        {
            connection.Layer2Reply = layer2;
        }
    }

    private void Follow(PortFilter filter, Direction direction, in FilterPacket packet, RuleCounters? rule, in Frame frame)
    {
        if (!frame.IsDryRun)
        {
            Follow(filter, direction, packet, rule, frame.Now);
        }
    }

    /// <summary>Lets the later fragments of this packet follow its first.</summary>
    private void Follow(PortFilter filter, Direction direction, in FilterPacket packet, RuleCounters? rule, long now)
    {
        if (packet.IsFragment)
        {
            _fragments.Remember(filter.Number, direction, packet, rule, now);
        }
    }

    private static RuleCounters? Note(CompiledRule? rule, int length, bool isDry)
    {
        if (rule is not null && !isDry)
        {
            rule.Counters.CountHit();
            rule.Counters.CountPacket(length);
        }

        return rule?.Counters;
    }

    private static FirewallDecision Passed(RuleCounters? rule, ConnectionRef connection, bool mayCache, ref Frame frame)
    {
        if (frame.Trace is not null)
        {
            frame.Trace.Detail = rule is null ? "no rule" : $"rule {rule.RuleId}";
        }

        return new FirewallDecision(Verdict.Continue, rule?.RuleId ?? 0, connection, IsReject: false, mayCache);
    }

    private static FirewallDecision Dropped(DropReason reason, CompiledRule rule, ref Frame frame)
    {
        if (frame.Trace is not null)
        {
            frame.Trace.Detail = $"rule {rule.Id} {rule.Action}";
        }

        bool isReject = rule.Action == RuleAction.Reject && reason is (DropReason.FirewallRuleRx or DropReason.FirewallRuleTx);
        return new FirewallDecision(Verdict.Drop(reason), rule.Id, default, isReject, MayCache: false);
    }

    private static DropReason ReasonOf(TcpRefusal refusal)
        => refusal == TcpRefusal.IllegalFlags ? DropReason.FirewallNormalize : DropReason.StateMismatch;
}
