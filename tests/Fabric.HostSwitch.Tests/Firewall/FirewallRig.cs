using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Flows;
using Google.Protobuf;

namespace Fabric.HostSwitch.Tests.Firewall;

/// <summary>A firewall with ports, sets and sections to change, frames to give it, and a clock to move.</summary>
internal sealed class FirewallRig
{
    private readonly Dictionary<string, HostRuleSection> _sections = [];
    private readonly Dictionary<string, HostAddressSet> _sets = [];
    private readonly Dictionary<string, HostPort> _ports = new() { ["a"] = new HostPort(), ["b"] = new HostPort(), ["c"] = new HostPort() };

    public FirewallRig(int limit = 1_000)
    {
        Connections = new ConnectionTable(limit);
        Firewall = new DistributedFirewall(Connections, FlowTimeouts.Default);
        Publish();
    }

    public ConnectionTable Connections { get; }

    public DistributedFirewall Firewall { get; }

    public RuleTables Tables { get; private set; } = null!;

    public long Now { get; set; } = 1_000_000;

    public bool IsEnabled { get; set; } = true;

    public FirewallRig With(string sectionId, HostRuleSection section)
    {
        _sections[sectionId] = section;
        return Publish();
    }

    public FirewallRig Without(string sectionId)
    {
        _sections.Remove(sectionId);
        return Publish();
    }

    public FirewallRig WithSet(string name, params string[] prefixes)
    {
        var set = new HostAddressSet();
        foreach (var prefix in prefixes.Select(IpPrefix.Parse))
        {
            set.Ranges.Add(new IpRange
            {
                First = ByteString.CopyFrom(prefix.Network.ToBytes()),
                Last = ByteString.CopyFrom(prefix.Last.ToBytes()),
            });
        }

        _sets[name] = set;
        return Publish();
    }

    public FirewallRig WithMacs(string name, params MacAddress[] macs)
    {
        var set = new HostAddressSet();
        set.Macs.AddRange(macs.Select(mac => ByteString.CopyFrom(mac.ToBytes())));
        _sets[name] = set;
        return Publish();
    }

    public FirewallRig Excluding(string portId)
    {
        _ports[portId] = new HostPort { FirewallExcluded = true };
        return Publish();
    }

    public FirewallRig Publish()
    {
        Tables = RuleTables.Build(
            new HostIntent
            {
                Settings = new HostSettings { FirewallEnabled = IsEnabled },
                Ports = new Dictionary<string, HostPort>(_ports),
                AddressSets = new Dictionary<string, HostAddressSet>(_sets),
                RuleSections = new Dictionary<string, HostRuleSection>(_sections),
            },
            Tables);
        return this;
    }

    public FirewallDecision Out(byte[] frame, string port = "a", bool dryRun = false) => Decide(frame, port, Direction.Out, dryRun);

    public FirewallDecision In(byte[] frame, string port = "a", bool dryRun = false) => Decide(frame, port, Direction.In, dryRun);

    public bool Track(ConnectionRef connection, FrameBuffer buffer, Direction direction, string port = "a")
    {
        var frame = FrameOf(buffer);
        return Firewall.TryTrack(connection, ref frame, Tables.Of(port), direction);
    }

    /// <summary>The same with nothing around it, for counting allocations.</summary>
    public bool TrackBare(ConnectionRef connection, FrameBuffer buffer, Direction direction)
    {
        FrameLayout.Parse(buffer.Bytes, out var layout);
        var frame = new Frame { Buffer = buffer, Layout = layout, Now = Now };
        return Firewall.TryTrack(connection, ref frame, Tables.Of("a"), direction);
    }

    /// <summary>What REJECT answers to this frame; null: nothing.</summary>
    public byte[]? RejectOf(byte[] frame)
    {
        var reply = new FrameBuffer();
        var asked = FrameOf(BufferOf(frame));
        return Firewall.TryBuildReject(ref asked, reply) ? reply.Bytes.ToArray() : null;
    }

    public RuleStatistics Statistics(uint ruleId) => Tables.Counters.Single(counters => counters.RuleId == ruleId).Read("node");

    public static FrameBuffer BufferOf(byte[] frame)
    {
        var buffer = new FrameBuffer();
        buffer.Set(frame);
        return buffer;
    }

    private FirewallDecision Decide(byte[] bytes, string port, Direction direction, bool dryRun)
    {
        var frame = FrameOf(BufferOf(bytes));
        frame.Trace = dryRun ? new FrameTrace(isDryRun: true) : null;
        return Firewall.Decide(ref frame, Tables.Of(port), direction);
    }

    private Frame FrameOf(FrameBuffer buffer)
    {
        Assert.That(FrameLayout.Parse(buffer.Bytes, out var layout), Is.EqualTo(FrameMalformation.None));
        return new Frame { Buffer = buffer, Layout = layout, Now = Now, VlanAtEntry = -1 };
    }
}
