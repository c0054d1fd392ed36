using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>An explanation runs the stages that packets meet, and leaves no mark.</summary>
internal sealed class ExplainTests
{
    [Test]
    public void It_names_each_stage_on_the_way_and_changes_nothing()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        string data = fabric.Switch("data", 71681);
        fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"));
        var a = one.Vm(web, "10.1.0.5");
        var b = two.Vm(data, "10.2.0.6");
        fabric.Publish();
        var before = one.Counters.Events.ToArray();

        var trace = Explain(a, Frames.Udp("10.1.0.5", "10.2.0.6", toMac: TestFabric.VdrMac));
        fabric.Run();

        Assert.That(trace.Select(step => step.Stage), Is.EqualTo(
            one.Datapath.Journeys.FromVnic.Stages.Concat(one.Datapath.Journeys.ToTunnel.Stages).Select(stage => stage.Name)));
        Assert.That(trace.Single(step => step.Stage == "router").Detail, Does.Contain("10.2.0.6"));
        Assert.That(trace.Single(step => step.Stage == "lookup").Detail, Does.Contain("172.16.10.2"));
        Assert.That(b.Received(), Is.Empty);
        Assert.That(one.Counters.Events, Is.EqualTo(before));
        Assert.That((a.Counters.RxPackets, one.Connections.Count), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void It_ends_with_the_counter_that_a_packet_would_move()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        var a = host.Vm(fabric.Switch("web", 71680), "10.1.0.5", port => port.SpoofGuard = new() { PortBindings = true });
        fabric.Publish();

        var trace = Explain(a, Frames.Udp("10.1.0.99", "10.1.0.6", fromMac: a.Mac));

        Assert.That((trace[^1].Stage, trace[^1].Verdict), Is.EqualTo(("spoofguard", "spoof_guard_ipv4_drops")));
        Assert.That(a.Counters.RxDropped, Is.Zero);
    }

    private static IReadOnlyList<TraceStep> Explain(TestPort port, byte[] frame)
    {
        var asked = port.Host.Worker.AskAsync(datapath => datapath.Explain(datapath.Tables.Ports[port.Id], frame, port.Host.Worker.Now));
        port.Host.Worker.RunOnce();
        return asked.Result.Steps;
    }
}
