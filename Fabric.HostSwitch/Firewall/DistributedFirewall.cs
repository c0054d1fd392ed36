using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Flows;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// The stateful distributed firewall (reference: nsx-dataplane.md, 4): layer 2 rules for each frame; then the connection that the
/// packet belongs to, or the first layer 3 rule that matches. Runs on the packet thread, which owns the connections.
/// </summary>
internal sealed class DistributedFirewall(ConnectionTable connections, FlowTimeouts timeouts) : IPacketFilter
{
    private readonly FragmentCache _fragments = new();
    private readonly RuleScratch _scratch = new();

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
            var rule = filter.Layer2.Match(query, filter.Addresses, _scratch);
            layer2 = FirewallAnswer.Note(rule, length, isDry);
            if (rule is { Action: not RuleAction.Allow })
            {
                return FirewallAnswer.Dropped(direction == Direction.Out ? DropReason.FirewallL2Rx : DropReason.FirewallL2Tx, rule, ref frame);
            }
        }

        return packet.Kind switch
        {
            PacketKind.NotIp => FirewallAnswer.Passed(null, default, mayCache: layer2 is null, ref frame),
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

        if (entry.Key.Protocol != IpProtocol.Tcp)
        {
            Hear(ref entry, flow, frame.Now);
        }
        else if (!TryFollow(ref entry, frame, flow))
        {
            return false;
        }

        int length = frame.Buffer.Length;
        entry.Rule.CountPacket(length);
        layer2?.CountHit();
        layer2?.CountPacket(length);
        return true;
    }

    public void Prefetch(ConnectionRef connection) => connections.Prefetch(connection);

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
        if (packet.Kind == PacketKind.Tcp)
        {
            var refusal = TryFollow(ref connection, packet.Tcp, flow, frame.Now, frame.IsDryRun);
            if (refusal != TcpRefusal.None)
            {
                return FirewallAnswer.Dropped(FirewallAnswer.ReasonOf(refusal), rule.RuleId);
            }
        }
        else if (!frame.IsDryRun)
        {
            Hear(ref connection, flow, frame.Now);
        }

        if (!frame.IsDryRun)
        {
            Tie(ref connection, flow, layer2);
            Follow(filter, direction, packet, rule, frame.Now);
            rule.CountPacket(frame.Buffer.Length);
        }

        return FirewallAnswer.Passed(rule, connections.RefOf(place), mayCache: false, ref frame);
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

        var rule = filter.Layer3.Match(connection.Query, filter.Addresses, _scratch);
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
        var rule = filter.Layer3.Match(packet.Query(direction, default, default), filter.Addresses, _scratch);
        if (rule is null)
        {
            Follow(filter, direction, packet, null, frame);
            return FirewallAnswer.Passed(null, default, mayCache: layer2 is null, ref frame); // no rule objects: NSX's default is to allow
        }

        if (rule.Action != RuleAction.Allow)
        {
            FirewallAnswer.Note(rule, frame.Buffer.Length, frame.IsDryRun);
            return FirewallAnswer.Dropped(direction == Direction.Out ? DropReason.FirewallRuleRx : DropReason.FirewallRuleTx, rule, ref frame);
        }

        if (packet.Kind == PacketKind.Tcp && rule.IsStateful)
        {
            if (!packet.Tcp.HasLegalFlags)
            {
                return FirewallAnswer.Dropped(DropReason.FirewallNormalize, rule, ref frame);
            }

            if (rule.IsStrict && !packet.Tcp.IsOpening)
            {
                return FirewallAnswer.Dropped(DropReason.StrictNoSyn, rule, ref frame);
            }
        }

        if (!rule.IsStateful || !Starts(packet))
        {
            FirewallAnswer.Note(rule, frame.Buffer.Length, frame.IsDryRun);
            Follow(filter, direction, packet, rule.Counters, frame);
            return FirewallAnswer.Passed(rule.Counters, default, mayCache: false, ref frame);
        }

        if (frame.IsDryRun)
        {
            return connections.IsFull ? FirewallAnswer.Dropped(DropReason.StateLimit, rule, ref frame) : FirewallAnswer.Passed(rule.Counters, default, mayCache: false, ref frame);
        }

        return Begin(ref frame, filter, direction, packet, rule, layer2);
    }

    private FirewallDecision Begin(
        ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet, CompiledRule rule, RuleCounters? layer2)
    {
        int place = connections.Add(filter.Number, packet.Key, direction, rule.Counters, filter.Generation);
        if (place < 0)
        {
            return FirewallAnswer.Dropped(DropReason.StateLimit, rule, ref frame);
        }

        ref var connection = ref connections[place];
        if (packet.Kind == PacketKind.Tcp)
        {
            connection.Tcp = TcpConnection.Start(packet.Tcp);
            connection.ExpiresAt = frame.Now + timeouts[connection.Tcp.Timer];
        }
        else
        {
            Hear(ref connection, FlowDirection.Original, frame.Now);
        }

        rule.Counters.CountSession();
        FirewallAnswer.Note(rule, frame.Buffer.Length, isDry: false);
        Tie(ref connection, FlowDirection.Original, layer2);
        Follow(filter, direction, packet, rule.Counters, frame.Now);
        return FirewallAnswer.Passed(rule.Counters, connections.RefOf(place), mayCache: false, ref frame);
    }

    private FirewallDecision DecideFragment(ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet)
    {
        if (!_fragments.TryFind(filter.Number, direction, packet, frame.Now, out var rule))
        {
            return FirewallAnswer.Dropped(DropReason.FirewallFragment, ruleId: 0);
        }

        if (!frame.IsDryRun)
        {
            rule?.CountPacket(frame.Buffer.Length);
        }

        return FirewallAnswer.Passed(rule, default, mayCache: false, ref frame);
    }

    /// <summary>An error passes with the flow that it quotes, whose sender it goes to; one that quotes no flow is asked of the rules.</summary>
    private FirewallDecision DecideError(ref Frame frame, PortFilter filter, Direction direction, in FilterPacket packet)
    {
        if (packet.Key == default)
        {
            return FirewallAnswer.Dropped(DropReason.FirewallIcmpError, ruleId: 0);
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

        return FirewallAnswer.Passed(rule, default, mayCache: false, ref frame);
    }

    /// <summary>The same for a frame of a flow that is tracked; false also for a new connection in its place, which is Decide's.</summary>
    private bool TryFollow(ref Connection connection, in Frame frame, FlowDirection flow)
    {
        if (!TcpView.TryParse(frame.Layout.Transport(frame.Bytes), out var tcp))
        {
            return false;
        }

        var segment = TcpSegment.Of(tcp);
        return !connection.Tcp.IsReplacedBy(segment) && TryFollow(ref connection, segment, flow, frame.Now, isDry: false) == TcpRefusal.None;
    }

    /// <summary>Moves a TCP connection on by a segment that is one of its; a refused one changes nothing.</summary>
    private TcpRefusal TryFollow(ref Connection connection, in TcpSegment segment, FlowDirection flow, long now, bool isDry)
    {
        var refusal = TcpTracker.Next(connection.Tcp, segment, flow, out var next);
        if (refusal == TcpRefusal.None && !isDry)
        {
            connection.Tcp = next;
            connection.ExpiresAt = now + timeouts[next.Timer];
        }

        return refusal;
    }

    private void Hear(ref Connection connection, FlowDirection flow, long now)
        => connection.ExpiresAt = now + timeouts[connection.Hear(flow)];

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
}
