using Fabric.Lab.Simulation;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Lab.Tests.Simulation;

/// <summary>Two simulated pods on one wire, under virtual time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SimulatedPodTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LossyLink _wire;
    private readonly SimulatedPod _left;
    private readonly SimulatedPod _right;
    private Func<int, bool> _isLost = _ => false;

    public SimulatedPodTests()
    {
        var (near, far) = MemoryLink.CreatePair("wire");
        _wire = new LossyLink(near, number => _isLost(number));
        _left = new SimulatedPod(Pod("left", 1), _wire, _time, seed: 1);
        _right = new SimulatedPod(Pod("right", 2), far, _time, seed: 2);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [TestCase("10.0.0.2")]
    [TestCase("fd00::2")]
    public void A_ping_is_answered(string address)
    {
        var answer = Run(_left.PingAsync(IpAddress.Parse(address), size: 100));
        Assert.That(answer.IsAnswered, answer.ToString());
        Assert.That(answer.Text, Has.Length.EqualTo(100));
    }

    [Test]
    public void A_ping_to_nobody_fails_in_time()
    {
        var answer = Run(_left.PingAsync(IpAddress.Parse("10.0.0.99"), timeout: TimeSpan.FromSeconds(2)));
        Assert.That(answer.Text, Is.EqualTo("no answer"));
        Assert.That(_wire.Sent, Has.Count.EqualTo(3), "three questions, one per second");
    }

    [TestCase("10.0.0.2")]
    [TestCase("fd00::2")]
    public void A_datagram_is_echoed(string address)
    {
        _right.EchoUdp(7);
        Assert.That(Run(_left.AskUdpAsync(IpAddress.Parse(address), 7, "hello")).Text, Is.EqualTo("hello"));
    }

    [TestCase("10.0.0.2", "10.0.0.2 says DestinationUnreachable code 3")]
    [TestCase("fd00::2", "fd00::2 says DestinationUnreachable code 4")]
    public void A_datagram_to_a_closed_port_is_refused(string address, string reason)
        => Assert.That(Run(_left.AskUdpAsync(IpAddress.Parse(address), 9, "hello")).Text, Is.EqualTo(reason));

    [TestCase("10.0.0.2")]
    [TestCase("fd00::2")]
    public void A_page_is_served(string address)
    {
        _right.ServeHttp(80, (path, _) => $"you asked for {path}\n");
        Assert.That(Run(_left.GetAsync(IpAddress.Parse(address), path: "/x")).Text, Is.EqualTo("you asked for /x\n"));
    }

    [Test]
    public void A_closed_port_refuses_the_connection()
        => Assert.That(Run(_left.GetAsync(IpAddress.Parse("10.0.0.2"), 81)).Text, Is.EqualTo("connection refused"));

    [Test]
    public void A_large_page_arrives_whole_though_every_seventh_frame_is_lost()
    {
        string page = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number} "));
        _isLost = number => number % 7 == 0;
        _left.ServeHttp(80, (_, _) => page);
        var answer = Run(_right.GetAsync(IpAddress.Parse("10.0.0.1"), timeout: TimeSpan.FromMinutes(5)));
        Assert.That(answer.IsAnswered);
        Assert.That(answer.Text, Is.EqualTo(page));
    }

    [Test]
    public void A_lost_handshake_is_tried_again()
    {
        _isLost = number => number == 2; // after the ARP request: the first SYN
        _right.ServeHttp(80, (_, _) => "late");
        var answer = Run(_left.GetAsync(IpAddress.Parse("10.0.0.2")));
        Assert.That(answer.Text, Is.EqualTo("late"));
        Assert.That(answer.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300)));
    }

    [Test]
    public void Everything_sent_is_whole_and_adds_up()
    {
        _right.ServeHttp(80, (_, _) => "page");
        Run(_left.GetAsync(IpAddress.Parse("10.0.0.2")));
        Run(_left.GetAsync(IpAddress.Parse("fd00::2")));
        Run(_left.PingAsync(IpAddress.Parse("fd00::2")));
        Assert.Multiple(() =>
        {
            foreach (byte[] frame in _wire.Sent)
            {
                Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
                Assert.That(TransportChecksum.IsValid(frame, layout));
                Assert.That(!layout.IsIpv4 || (Ipv4View.TryParse(layout.Network(frame), out var ip) && ip.HasValidChecksum));
            }
        });
        Assert.That(_right.BadChecksums + _left.BadChecksums, Is.Zero);
    }

    [Test]
    public void A_run_repeats_byte_for_byte()
    {
        var first = Conversation();
        var second = Conversation();
        Assert.That(second, Is.EqualTo(first));

        static string Conversation()
        {
            using var pods = new SimulatedPodTests();
            pods._isLost = number => number is 4 or 9;
            pods._right.ServeHttp(80, (_, _) => new string('x', 5000));
            pods.Run(pods._left.GetAsync(IpAddress.Parse("10.0.0.2")));
            return string.Join('\n', pods._wire.Sent.Select(Convert.ToHexString));
        }
    }

    private static SimulatedPodSettings Pod(string name, int number) => new(
        name,
        new MacAddress(0x0250_5600_0000 + (ulong)number),
        [IpPrefix.Parse($"10.0.0.{number}/24"), IpPrefix.Parse($"fd00::{number}/64")],
        [IpAddress.Parse("10.0.0.254"), IpAddress.Parse("fd00::fe")]);

    /// <summary>Runs both pods until the answer is there; when both rest, time goes on.</summary>
    private SimulatedAnswer Run(Task<SimulatedAnswer> asked)
    {
        for (int step = 0; step < 100_000 && !asked.IsCompleted; step++)
        {
            if (_left.RunOnce() + _right.RunOnce() == 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(10));
            }
        }

        Assert.That(asked.IsCompleted, "the conversation never ended");
        return asked.Result;
    }
}
