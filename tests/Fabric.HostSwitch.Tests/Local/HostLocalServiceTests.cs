using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tests.Agent;
using Fabric.HostSwitch.Tests.Firewall;
using Fabric.Packets.Addresses;
using Fabric.TestKit;
using Google.Protobuf;
using Grpc.Core;
using FirewallRules = Fabric.HostSwitch.Tests.Firewall.Rules;

namespace Fabric.HostSwitch.Tests.Local;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class HostLocalServiceTests
{
    private const string MacA = "02:00:00:00:00:0a";
    private const string MacB = "02:00:00:00:00:0b";
    private const string RemoteMac = "02:00:00:00:00:0c";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string _folder = "";
    private ScriptedController _controller = null!;
    private RunningHost _host = null!;

    [SetUp]
    public async Task StartHost()
    {
        _folder = RunningHost.NewFolder();
        _controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        _host = await RunningHost.StartAsync(_folder);
        await _host.PlugAsync("a", MacA);
        await _host.PlugAsync("b", MacB);
        await _controller.SnapshotAsync(1, Settings(), TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b"), Rules(), Teps(), Remote());
    }

    [TearDown]
    public async Task StopHost()
    {
        await _host.DisposeAsync();
        await _controller.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void The_socket_is_its_owners_alone()
        => Assert.That(File.GetUnixFileMode(RunningHost.LocalOf(_folder)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

    [Test]
    public void A_vnic_without_what_it_needs_is_refused()
    {
        Assert.That(Refusal(new Vnic { Device = "x" }), Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(Refusal(new Vnic { VifId = "x", Device = "x" }), Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(Refusal(new Vnic { VifId = "x", Device = "dev-a", Mac = ByteString.CopyFrom(2, 0, 0, 0, 0, 1) }), Is.EqualTo(StatusCode.AlreadyExists));
    }

    [Test]
    public async Task Show_tells_counters_rules_tunnels_and_everything_in_force()
    {
        _host.Wires.Far("dev-a").Send(Udp(53));
        _host.Wires.Far("dev-a").Send(Udp(99));
        Assert.That(_host.Wires.Next("dev-b"), Is.Not.Null);

        var view = await _host.Local.ShowAsync(new ShowRequest());
        Assert.That(view.NodeId, Is.EqualTo("node-1"));
        Assert.That(view.ControllerConnected, Is.True);
        Assert.That(view.Objects, Has.Count.EqualTo(7));
        Assert.That(view.Ports.Single(port => port.PortId == "port-a").RxPackets, Is.EqualTo(2));
        Assert.That(view.Drops["match_drop_rule_rx_drops"], Is.EqualTo(1));
        Assert.That(view.Rules.Single(rule => rule.RuleId == 1001).Sessions, Is.EqualTo(2), "out at the source, in at the destination");
        Assert.That(view.Connections, Is.EqualTo(2));
        Assert.That(view.Tunnels.Single().BfdState, Is.EqualTo("DOWN"));
    }

    [Test]
    public async Task Explain_names_the_stage_that_drops_and_changes_nothing()
    {
        var passed = await _host.Local.ExplainAsync(new ExplainRequest { PortId = "port-a", Frame = ByteString.CopyFrom(Udp(53)) });
        Assert.That(passed.Verdict, Is.EqualTo("forward"));
        var dropped = await _host.Local.ExplainAsync(new ExplainRequest { PortId = "port-a", Frame = ByteString.CopyFrom(Udp(99)) });
        Assert.That(dropped.Verdict, Is.EqualTo("match_drop_rule_rx_drops"));
        Assert.That(dropped.Steps[^1].Detail, Is.EqualTo("rule 2 Drop"));
        Assert.That((await _host.Local.ShowAsync(new ShowRequest())).Connections, Is.Zero);
        var unknown = Assert.ThrowsAsync<RpcException>(async () => await _host.Local.ExplainAsync(new ExplainRequest { PortId = "nobody" }));
        Assert.That(unknown!.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task A_port_is_captured_both_ways_also_when_its_flow_is_cached()
    {
        using var capture = await StartAsync(new CaptureRequest { Point = CaptureRequest.Types.Point.Port, Id = "port-b" });
        for (int packet = 0; packet < 5; packet++)
        {
            _host.Wires.Far("dev-a").Send(Udp(53));
        }

        var frames = await TakeAsync(capture, 5);
        Assert.That(frames.Select(frame => frame.Output), Has.All.True);
        Assert.That(frames[0].Data.ToByteArray(), Is.EqualTo(Udp(53)));
    }

    [Test]
    public async Task The_uplink_is_captured_as_whole_frames_with_outer_headers()
    {
        using var capture = await StartAsync(new CaptureRequest { Point = CaptureRequest.Types.Point.Uplink, Direction = CaptureRequest.Types.Direction.Output });
        _host.Wires.Far("dev-a").Send(Frames.Udp("10.0.0.1", "10.0.0.3", toPort: 53, fromMac: MacAddress.Parse(MacA), toMac: MacAddress.Parse(RemoteMac)));
        byte[] frame = [];
        while (frame.Length < 100) // until then, BFD
        {
            frame = (await TakeAsync(capture, 1))[0].Data.ToByteArray();
        }

        var packet = PacketDotNet.Packet.ParsePacket(PacketDotNet.LinkLayers.Ethernet, frame);
        var ip = packet.Extract<PacketDotNet.IPv4Packet>();
        var udp = packet.Extract<PacketDotNet.UdpPacket>();
        Assert.That((ip.SourceAddress.ToString(), ip.DestinationAddress.ToString(), udp.DestinationPort), Is.EqualTo(("172.16.0.1", "172.16.0.2", 6081)));
        Assert.That(ip.ValidIPChecksum, Is.True);
        Assert.That(udp.ValidUdpChecksum, Is.True);
    }

    [Test]
    public void A_capture_of_nothing_is_refused()
    {
        using var call = _host.Local.Capture(new CaptureRequest { Point = CaptureRequest.Types.Point.Vnic, Id = "nobody" });
        var refused = Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    private static HostObject Settings()
    {
        var settings = TestObjects.Settings.Clone();
        settings.Settings.FirewallEnabled = true;
        settings.Settings.Teps.Add(new TepConfig { Ip = ByteString.CopyFrom(172, 16, 0, 1), PrefixLength = 24, Label = 1 });
        return settings;
    }

    private static HostObject Rules() => new()
    {
        Id = "section",
        RuleSection = FirewallRules.Section(1, FirewallRules.Allow(1001).Udp(53), FirewallRules.Drop(2)),
    };

    private static HostObject Teps() => new()
    {
        Id = "ls-1",
        TepList = new HostTepList
        {
            Teps = { new HostTep { NodeId = "node-2", Ip = ByteString.CopyFrom(172, 16, 0, 2), Label = 2, Segment = ByteString.CopyFrom(172, 16, 0, 0) } },
        },
    };

    private static HostObject Remote() => new()
    {
        Id = "ls-1/" + RemoteMac,
        RemoteMac = new HostRemoteMac
        {
            SwitchId = "ls-1",
            Mac = ByteString.CopyFrom(MacAddress.Parse(RemoteMac).ToBytes()),
            TepIp = ByteString.CopyFrom(172, 16, 0, 2),
        },
    };

    private static byte[] Udp(ushort port)
        => Frames.Udp("10.0.0.1", "10.0.0.2", toPort: port, fromMac: MacAddress.Parse(MacA), toMac: MacAddress.Parse(MacB));

    private async Task<AsyncServerStreamingCall<CapturedFrames>> StartAsync(CaptureRequest request)
    {
        var call = _host.Local.Capture(request);
        await call.ResponseHeadersAsync; // the tap is set
        return call;
    }

    private static async Task<List<CapturedFrame>> TakeAsync(AsyncServerStreamingCall<CapturedFrames> call, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var frames = new List<CapturedFrame>();
        while (frames.Count < count && await call.ResponseStream.MoveNext(patience.Token))
        {
            frames.AddRange(call.ResponseStream.Current.Frames);
        }

        return frames;
    }

    private StatusCode Refusal(Vnic vnic)
        => Assert.ThrowsAsync<RpcException>(async () => await _host.Local.PlugAsync(vnic))!.StatusCode;
}
