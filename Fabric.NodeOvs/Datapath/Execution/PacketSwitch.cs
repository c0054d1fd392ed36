using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Connections;
using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Translation;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Flows;

namespace Fabric.NodeOvs.Datapath.Execution;

/// <summary>
/// Every bridge, device and connection of a virtual switch, and the way of a packet through them: its fields, the program for them (from the
/// cache, or thought out anew), the actions. Belongs to one packet thread; a packet that is not the first of its flow allocates nothing.
/// </summary>
internal sealed class PacketSwitch(FramePool pool, int cachedFlows = 1 << 15)
{
    private const int MostPasses = 16;
    private const long CreditEveryMs = 500;

    private readonly Dictionary<string, Bridge> _bridges = new(StringComparer.Ordinal);
    private readonly List<Device?> _devices = [null]; // number 0 is none
    private readonly ChangeCount _changes = new();
    private readonly FrozenLookups _frozen = new();
    private readonly FlowCache _cache = new(cachedFlows);
    private long _now;
    private long _creditedAt;

    public IReadOnlyDictionary<string, Bridge> Bridges => _bridges;

    public IEnumerable<Device> Devices => _devices.OfType<Device>();

    public ConnectionTracker Connections { get; } = new(FlowTimeouts.Default);

    public FlowCache Cache => _cache;

    public FrozenLookups Frozen => _frozen;

    public long Now => _now;

    /// <summary>Frames that no bridge could read.</summary>
    public long Malformed { get; private set; }

    /// <summary>Hears of packets for controllers.</summary>
    public event Action<PacketIn>? PacketIn;

    public Bridge AddBridge(string name)
    {
        var bridge = new Bridge(name, _changes);
        _bridges.Add(name, bridge);
        _changes.Add();
        return bridge;
    }

    public void RemoveBridge(string name)
    {
        _bridges.Remove(name);
        _changes.Add();
    }

    /// <summary>The number that the next device will have.</summary>
    public uint NextDevice()
    {
        int free = _devices.FindIndex(1, device => device is null);
        return (uint)(free > 0 ? free : _devices.Count);
    }

    public void AddDevice(Device device)
    {
        while (_devices.Count <= device.Number)
        {
            _devices.Add(null);
        }

        _devices[(int)device.Number] = device;
        _changes.Add();
    }

    public void RemoveDevice(Device device)
    {
        device.Flush(pool);
        _devices[(int)device.Number] = null;
        _changes.Add();
    }

    /// <summary>A frame that came in at a device. It is taken.</summary>
    public void Receive(Device device, FrameBuffer frame, long now)
    {
        _now = now;
        var counters = device.Port.Counters;
        counters.ReceivedPackets++;
        counters.ReceivedBytes += frame.Length;
        var malformation = FrameLayout.Parse(frame.Bytes, out var layout);
        if (malformation is FrameMalformation.TooShort or FrameMalformation.TooLong or FrameMalformation.TruncatedVlanTag)
        {
            counters.ReceiveErrors++;
            Malformed++;
            pool.Give(frame);
            return;
        }

        Pass(frame, layout, malformation == FrameMalformation.None, device, new Passage { InPort = device.Port.Number });
    }

    /// <summary>A frame from a controller, with the actions to do with it (OpenFlow 1.3.5, section 7.3.7).</summary>
    public void Send(Bridge bridge, ReadOnlySpan<byte> bytes, uint inPort, IReadOnlyList<Fabric.OvsProtocol.OpenFlow.Actions.FlowAction> actions, long now)
    {
        _now = now;
        if (bytes.Length < EthernetView.HeaderLength)
        {
            return;
        }

        var frame = pool.Take();
        frame.Set(bytes);
        bool whole = FrameLayout.Parse(frame.Bytes, out var layout) == FrameMalformation.None;
        var fields = default(PacketFields);
        FieldExtractor.Extract(frame.Bytes, layout, whole, ref fields);
        fields[FieldSlot.InPort] = inPort;
        var program = new Translator(_frozen, now).Translate(bridge, actions, fields);
        Execute(program.Actions, frame, layout, null, new Passage { InPort = inPort, Bridge = bridge });
        program.Count(bytes.Length, now);
        program.Credit();
        FlushAll();
    }

    /// <summary>Sends what waits at every device.</summary>
    public void FlushAll()
    {
        foreach (var device in _devices)
        {
            device?.Flush(pool);
        }
    }

    /// <summary>What time brings: counts handed on, flows, addresses and connections that grew too old.</summary>
    public void Tick(long now)
    {
        _now = now;
        Connections.Tick(now);
        if (now - _creditedAt >= CreditEveryMs)
        {
            _creditedAt = now;
            Settle(now);
        }
    }

    /// <summary>Brings all counts up to date, then lets go of what is too old.</summary>
    public void Settle(long now)
    {
        _cache.Credit();
        foreach (var bridge in _bridges.Values)
        {
            bridge.Flows.Expire(now);
            bridge.Macs.Age(now);
        }
    }

    private void Pass(FrameBuffer frame, FrameLayout layout, bool whole, Device? device, Passage passage)
    {
        if (passage.Count > MostPasses)
        {
            pool.Give(frame);
            return;
        }

        var fields = default(PacketFields);
        FieldExtractor.Extract(frame.Bytes, layout, whole, ref fields);
        fields[PacketFields.PortAndPass] = ((ulong)(device?.Number ?? 0) << 32) | passage.Pass;
        if (passage.Ct != CtState.None)
        {
            fields[PacketFields.CtStateZoneMark] = ((ulong)passage.Ct << 48) | ((ulong)passage.Zone << 32) | (passage.Connection?.Mark ?? 0);
            var label = passage.Connection?.Label ?? 0;
            fields[PacketFields.CtLabel] = (ulong)(label >> 64);
            fields[PacketFields.CtLabel + 1] = (ulong)label;
        }

        var (bridge, table) = passage.Pass == 0 ? (device!.Bridge, (byte)0) : (_frozen[passage.Pass]!.Bridge, _frozen[passage.Pass]!.Table);
        if (!bridge.Flows.UsesTcpFlags)
        {
            fields[PacketFields.PortsFlagsArpOp] &= 0xFFFF_FFFF_0000_FFFF;
        }

        long generation = _changes.Value;
        uint hash = FlowCache.HashOf(fields);
        var program = _cache.Find(fields, hash, generation);
        if (program is null)
        {
            program = Decide(bridge, table, fields, passage, generation);
            if (!program.IsOnce && !bridge.Flows.UsesConnectionTuple && device is not null)
            {
                _cache.Put(fields, hash, program);
            }
        }

        program.Count(frame.Length, _now);
        Execute(program.Actions, frame, layout, device, passage with { Bridge = bridge });
        if (program.IsOnce)
        {
            program.Credit();
        }
    }

    private PacketProgram Decide(Bridge bridge, byte table, in PacketFields key, in Passage passage, long generation)
    {
        var fields = key;
        fields[PacketFields.PortAndPass] = 0;
        fields[FieldSlot.InPort] = passage.InPort;
        if (passage.Pass != 0)
        {
            _frozen[passage.Pass]!.Restore(ref fields);
        }

        if (passage.Connection is { } connection)
        {
            ConnectionFields.Fill(connection, ref fields);
        }

        return new Translator(_frozen, _now).Translate(bridge, table, fields, generation);
    }

    /// <summary>Does the actions. The frame is taken.</summary>
    private void Execute(PacketAction[] actions, FrameBuffer frame, FrameLayout layout, Device? device, Passage passage)
    {
        for (int i = 0; i < actions.Length; i++)
        {
            bool last = i == actions.Length - 1;
            switch (actions[i])
            {
                case PacketAction.Output output:
                    if (output.Port < _devices.Count && _devices[(int)output.Port] is { } to)
                    {
                        to.Queue(last ? frame : Copy(frame));
                        if (last)
                        {
                            return;
                        }
                    }

                    break;
                case PacketAction.Track track:
                    passage.Ct = Connections.Track(frame.Bytes, layout, track.Request, _now, out var connection);
                    passage.Zone = track.Request.Zone;
                    passage.Connection = connection;
                    break;
                case PacketAction.ClearTrack:
                    passage.Ct = CtState.None;
                    passage.Connection = null;
                    break;
                case PacketAction.Recirculate again:
                    passage.Pass = again.Pass;
                    passage.Count++;
                    Again(frame, device, passage);
                    return;
                case PacketAction.OnCopy inner:
                    Execute(inner.Actions, Copy(frame), layout, device, passage);
                    break;
                case PacketAction.Punt controller:
                    PacketIn?.Invoke(new PacketIn(
                        passage.Bridge!, passage.InPort, controller.Table, controller.Cookie, controller.Reason, controller.MaxLength, controller.ControllerId, frame.Bytes.ToArray()));
                    break;
                default:
                    PacketEdits.Do(actions[i], frame, ref layout);
                    break;
            }
        }

        pool.Give(frame);
    }

    private void Again(FrameBuffer frame, Device? device, Passage passage)
    {
        bool whole = FrameLayout.Parse(frame.Bytes, out var layout) == FrameMalformation.None;
        Pass(frame, layout, whole, device, passage);
    }

    private FrameBuffer Copy(FrameBuffer frame)
    {
        var copy = pool.Take();
        copy.Set(frame.Bytes);
        return copy;
    }

    /// <summary>What a packet carries from one pass to the next.</summary>
    private record struct Passage
    {
        public uint InPort;
        public uint Pass;
        public int Count;
        public CtState Ct;
        public ushort Zone;
        public TrackedConnection? Connection;
        public Bridge? Bridge;
    }
}
