using Fabric.HostSwitch.Flows;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// The switch itself: takes batches of frames from vnics and tunnels, runs them through the journeys of the present generation, and
/// leaves what goes out in the queues of vnics and tunnels. No I/O, no clock, no lock: it belongs to the packet thread.
/// </summary>
internal sealed class Datapath
{
    private readonly IPacketFilter _firewall;
    private readonly OpenFilter _open = new();
    private readonly IcmpErrors _errors;
    private readonly Neighbors _neighbors;
    private readonly FastPath _fastPath;
    private readonly Upkeep _upkeep;
    private Journeys _journeys;
    private FrameTally _received;

    public Datapath(HostState state, IPacketFilter firewall, FramePool pool, HostTables tables)
    {
        _firewall = firewall;
        Context = new PacketContext(state, pool);
        _errors = new IcmpErrors(Context);
        _neighbors = new Neighbors(Context, _errors);
        _fastPath = new FastPath(Context);
        _upkeep = new Upkeep(Context, _neighbors);
        Tables = tables;
        _journeys = null!;
        Publish(tables);
    }

    public PacketContext Context { get; }

    public HostTables Tables { get; private set; }

    public TunnelPorts Tunnels { get; } = new();

    /// <summary>The flow cache can be switched off, so that a test can show that nothing but time depends on it.</summary>
    public bool UsesFlowCache { get; set; } = true;

    /// <summary>Flows that the cache holds.</summary>
    public int CachedFlows => _fastPath.Count;

    public Journeys Journeys => _journeys;

    /// <summary>What became of everything that came in.</summary>
    public FrameTally Received => _received;

    /// <summary>The firewall in force: none, if the fabric switched it off.</summary>
    public IPacketFilter Filter => Tables.IsFirewallEnabled ? _firewall : _open;

    public void ResetTally() => _received = default;

    /// <summary>Takes a new generation. Frames before it met the old one whole, frames after it meet the new one whole.</summary>
    public void Publish(HostTables tables)
    {
        Tables = tables;
        Tunnels.Use(tables.Tunnels);
        _journeys = new Journeys(Context, tables, Filter, Tunnels, _neighbors, _errors);
        _fastPath.Use(tables, Filter);
        _upkeep.Adopt(tables);
        Context.ForgetFlows();
    }

    public void FromVnic(VnicPort vnic, ReadOnlySpan<FrameBuffer> frames, long now)
    {
        _received.Total += frames.Length;
        if (!Tables.Vnics.TryGetValue(vnic, out var table))
        {
            Refuse(frames); // nothing is configured on it yet
            return;
        }

        while (!frames.IsEmpty)
        {
            var batch = frames[..Math.Min(frames.Length, PacketWorker.BatchSize)];
            if (UsesFlowCache)
            {
                _fastPath.Prepare(batch, table);
            }

            for (int place = 0; place < batch.Length; place++)
            {
                vnic.Tap?.Capture(batch[place].Bytes, output: false);
                FromVnic(batch[place], table, place, now);
            }

            frames = frames[batch.Length..];
        }
    }

    public void FromTunnel(TunnelPort tunnel, ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths, long now)
    {
        _received.Total += frames.Length;
        for (int place = 0; place < frames.Length; place++)
        {
            tunnel.Tap?.Capture(tunnel.Local, paths[place], frames[place].Bytes, output: false);
            var frame = new Frame { Buffer = frames[place], Direction = Direction.In, VlanAtEntry = -1, Now = now };
            frame.Tunnel.Port = tunnel;
            frame.Tunnel.Path = paths[place];
            frame.Recipe.MaxNetworkLength = int.MaxValue;
            Tally(RunFromTunnel(ref frame));
            Release(ref frame);
            SendEmissions(now);
        }
    }

    /// <summary>Once per batch: what time brings about.</summary>
    public void Tick(long now)
    {
        Filter.Tick(now);
        _upkeep.Tick(Tables, Tunnels, now);
        SendEmissions(now);
    }

    /// <summary>What would become of an untagged frame that a port's VM sends now. Changes nothing.</summary>
    public FrameTrace Explain(LogicalPort port, ReadOnlySpan<byte> bytes, long now)
    {
        var buffer = Context.Pool.Take();
        var trace = new FrameTrace(isDryRun: true);
        if (bytes.Length > buffer.Capacity)
        {
            trace.Record(_journeys.FromVnic.Stages[0].Name, Verdict.Drop(DropReason.MalformedRx));
            Context.Pool.Give(buffer);
            return trace;
        }

        buffer.Set(bytes);
        var frame = new Frame
        {
            Buffer = buffer,
            Port = port,
            Ingress = port,
            Segment = port.Segment,
            VlanAtEntry = port.Tag,
            Now = now,
            Trace = trace,
        };
        frame.Recipe.MaxNetworkLength = int.MaxValue;
        if (!_journeys.FromVnic.Run(ref frame).Ends)
        {
            Forward(ref frame);
        }

        Context.Pool.Give(buffer);
        return trace;
    }

    /// <summary>Takes a frame as if a port's VM had sent it, untagged.</summary>
    public void Inject(LogicalPort port, ReadOnlySpan<byte> bytes, long now)
    {
        var buffer = Context.Pool.Take();
        buffer.Set(bytes);
        var frame = new Frame { Buffer = buffer, Port = port, Ingress = port, Segment = port.Segment, VlanAtEntry = port.Tag, Now = now };
        frame.Recipe.MaxNetworkLength = int.MaxValue;
        var verdict = _journeys.FromVnic.Run(ref frame);
        if (!verdict.Ends)
        {
            Forward(ref frame);
        }

        Release(ref frame);
        SendEmissions(now);
    }

    private void FromVnic(FrameBuffer buffer, VnicTable table, int place, long now)
    {
        var frame = new Frame { Buffer = buffer, Vnic = table, Port = table.Untagged, VlanAtEntry = -1, Now = now };
        if (UsesFlowCache)
        {
            switch (_fastPath.FromVnic(ref frame, table, place))
            {
                case FastOutcome.Sent:
                    _received.Forwarded++;
                    return;
                case FastOutcome.ToVnic:
                    Tally(Deliver(ref frame));
                    Release(ref frame);
                    SendEmissions(now);
                    return;
                default:
                    break;
            }
        }

        frame.Recipe.MaxNetworkLength = table.Mtu;
        Tally(RunFromVnic(ref frame));
        Release(ref frame);
        SendEmissions(now);
    }

    private void Refuse(ReadOnlySpan<FrameBuffer> frames)
    {
        Context.Counters.Drops[(int)DropReason.PortBlocked] += frames.Length;
        _received.Dropped += frames.Length;
        foreach (var frame in frames)
        {
            Context.Pool.Give(frame);
        }
    }

    private Verdict RunFromVnic(ref Frame frame)
    {
        Context.Counters.Count(HostEvent.FastpathMiss);
        var verdict = _journeys.FromVnic.Run(ref frame);
        return verdict.Ends ? verdict : Forward(ref frame);
    }

    private Verdict RunFromTunnel(ref Frame frame)
    {
        var verdict = _journeys.FromTunnel.Run(ref frame);
        if (verdict.Ends)
        {
            return verdict;
        }

        if (UsesFlowCache && frame.Egress.Port is not null)
        {
            switch (_fastPath.FromTunnel(ref frame))
            {
                case FastOutcome.Sent:
                    return Verdict.Continue;
                case FastOutcome.ToVnic:
                    return Deliver(ref frame);
                default:
                    break;
            }
        }

        Context.Counters.Count(HostEvent.FastpathMiss);
        return Forward(ref frame);
    }

    // After the lookup. What the frame becomes is remembered for its flow, if every stage agreed to that.
    private Verdict Forward(ref Frame frame)
    {
        if (frame.Egress.IsFlood)
        {
            Flood(ref frame);
            return Verdict.Continue;
        }

        return frame.Egress.Port is null ? Encapsulate(ref frame) : Deliver(ref frame);
    }

    private Verdict Deliver(ref Frame frame)
    {
        frame.Port = frame.Egress.Port!;
        frame.Direction = Direction.In;
        var verdict = _journeys.ToVnic.Run(ref frame);
        if (!verdict.Ends && !frame.IsDryRun)
        {
            _fastPath.Remember(ref frame);
            Hand(ref frame);
        }

        return verdict;
    }

    private static void Hand(ref Frame frame)
    {
        var vnic = frame.Port!.Vnic;
        vnic.Tap?.Capture(frame.Buffer.Bytes, output: true);
        vnic.Enqueue(frame.Buffer);
        frame.IsKept = true;
    }

    private Verdict Encapsulate(ref Frame frame)
    {
        frame.Port = frame.Ingress;
        frame.Direction = Direction.Out;
        int inner = frame.Buffer.Length;
        var verdict = _journeys.ToTunnel.Run(ref frame);
        if (!verdict.Ends && !frame.IsDryRun)
        {
            var tunnel = Tunnels.For(frame.Egress.Tep!)!;
            _fastPath.Remember(ref frame, tunnel, frame.Buffer.Length - inner);
            tunnel.Tap?.Capture(tunnel.Local, frame.Tunnel.Path, frame.Buffer.Bytes, output: true);
            tunnel.Enqueue(frame.Buffer, frame.Tunnel.Path);
            frame.IsKept = true;
        }

        return verdict;
    }

    // Everyone on the logical switch gets a copy of its own: each port with its checks and its tag, each endpoint with its header.
    private void Flood(ref Frame frame)
    {
        bool isGroup = frame.Destination.IsGroup;
        foreach (var port in frame.Segment!.Ports)
        {
            bool wants = isGroup || port.MacManagement is { Learning: true, UnicastFlooding: true };
            if (wants && port != frame.Ingress)
            {
                var copy = Copy(ref frame);
                copy.Egress.Port = port;
                Deliver(ref copy);
                Release(ref copy);
            }
        }

        var plan = new ReplicationPlan(ref frame, Tunnels);
        while (plan.MoveNext())
        {
            Context.Count(ref frame, isGroup ? HostEvent.UplinkTxNonUnicast : HostEvent.UplinkTxUnicastFlood);
            var copy = Copy(ref frame);
            copy.Egress.Tep = plan.Tep;
            copy.Egress.AsksToReplicate = plan.AsksToReplicate;
            Encapsulate(ref copy);
            Release(ref copy);
        }
    }

    private Frame Copy(ref readonly Frame frame)
    {
        var copy = frame;
        copy.Buffer = Context.Pool.Take();
        copy.Buffer.Set(frame.Buffer.Bytes);
        copy.Egress = default;
        copy.Recipe.MayCache = false;
        copy.IsKept = false;
        return copy;
    }

    private void SendEmissions(long now)
    {
        while (Context.Emissions.TryNext(out var emission))
        {
            var frame = new Frame
            {
                Buffer = emission.Buffer,
                Port = emission.Port ?? emission.Ingress,
                Ingress = emission.Ingress,
                Segment = emission.Segment,
                RoutedBy = emission.RoutedBy,
                SenderMac = emission.SenderMac,
                IsUnfiltered = emission.IsUnfiltered,
                VlanAtEntry = -1,
                Now = now,
            };
            _ = FrameLayout.Parse(frame.Bytes, out frame.Layout);
            if (emission.Port is { } port)
            {
                frame.Egress.Port = port;
                Deliver(ref frame);
            }
            else if (!_journeys.FromHost.Run(ref frame).Ends)
            {
                Forward(ref frame);
            }

            Release(ref frame);
        }
    }

    private void Tally(Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Continue:
                _received.Forwarded++;
                break;
            case VerdictKind.Consumed:
                _received.Consumed++;
                break;
            default:
                _received.Dropped++;
                break;
        }
    }

    private void Release(ref readonly Frame frame)
    {
        if (!frame.IsKept)
        {
            Context.Pool.Give(frame.Buffer);
        }
    }
}
