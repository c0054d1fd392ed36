using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Links;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Ports;

/// <summary>The packet thread and its links.</summary>
internal sealed class PacketWorkerTests
{
    [Test]
    public void A_device_may_come_late_go_and_come_again()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        host.Missing.Add(b.Vnic.VifId);
        fabric.Publish();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(b[DropReason.PortBlocked], Is.EqualTo(1));

        host.Missing.Clear();
        fabric.Pass(TimeSpan.FromSeconds(2));
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"), Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(b.Received(), Has.Count.EqualTo(2));

        host.Worker.Unplug(b.Vnic.VifId);
        fabric.Run();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(b[DropReason.PortBlocked], Is.EqualTo(2));

        host.Rewire(b.Vnic);
        host.Worker.Plug(b.Vnic.VifId, b.Vnic.VifId, 0);
        fabric.Run();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        Assert.That(b.Received(), Has.Count.EqualTo(1));
        var links = new List<HostNotice.VnicLink>();
        while (host.Worker.Notices.TryRead(out var notice))
        {
            if (notice is HostNotice.VnicLink link && link.VifId == b.Vnic.VifId)
            {
                links.Add(link);
            }
        }

        Assert.That(links.Select(link => link.IsUp), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void Frames_on_a_vnic_without_a_port_are_counted()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        var a = host.Vm(fabric.Switch("web", 71680), "10.1.0.5");
        host.Adjust = intent => intent with { Ports = new Dictionary<string, Contracts.V1.HostPort>() };
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(host[DropReason.PortBlocked], Is.EqualTo(1));
    }

    [Test]
    public void A_frame_larger_than_the_VM_takes_is_dropped_by_name()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5", mtu: 1900), host.Vm(web, "10.1.0.6"));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6", payload: Frames.Pattern(1600)));

        Assert.That(b.Received(), Is.Empty);
        Assert.That(b[DropReason.VnicMtu], Is.EqualTo(1));
    }

    [Test]
    public void A_capture_sees_the_port_without_the_tag_and_the_vnic_with_it()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string pods = fabric.Switch("pods", 71681);
        var node = host.Node(fabric.Switch("nodes", 71680), "10.0.0.5");
        var (a, b) = (host.Pod(pods, node, 7, "10.1.0.5"), host.Pod(pods, node, 8, "10.1.0.6"));
        fabric.Publish();
        var (atPort, atVnic) = (new Tap(), new Tap());
        host.LogicalPort(b).State.Tap = atPort;
        host.LogicalPort(b).Vnic.Tap = atVnic;

        var frame = Frames.Udp("10.1.0.5", "10.1.0.6");
        a.Send(frame, frame);

        Assert.That(atPort.Frames, Has.Count.EqualTo(2));
        Assert.That(atPort.Frames[0], IsFrame.EqualTo(frame));
        Assert.That(atVnic.Frames, Has.Count.EqualTo(4));
        Assert.That(atVnic.Frames[1], IsFrame.EqualTo(frame.Tagged(8)));
        Assert.That(atVnic.Frames[2], IsFrame.EqualTo(frame.Tagged(7)));
    }

    [Test]
    public async Task The_thread_carries_frames_answers_questions_and_ends()
    {
        var (near, far) = MemoryLink.CreatePair("a");
        var (nearB, farB) = MemoryLink.CreatePair("b");
        var state = new HostState();
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        host.Vm(web, "10.1.0.5", id: "a");
        host.Vm(web, "10.1.0.6", id: "b");
        var tables = new HostTablesBuilder(state).Build(fabric.IntentOf(host));
        var source = new TwoLinks(near, nearB);
        using var worker = new PacketWorker(
            state, tables, new DistributedFirewall(new ConnectionTable(100), Packets.Flows.FlowTimeouts.Default), source, "uplink", TimeProvider.System, new LinkPoller());
        worker.Start();
        worker.Plug("vif-10.1.0.5", "a", 0);
        worker.Plug("vif-10.1.0.6", "b", 0);
        await worker.AskAsync(_ => 0);

        far.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));
        using var poller = new LinkPoller();
        poller.Add(farB.Descriptor, 0);
        Assert.That(poller.Wait(10_000));
        Assert.That(farB.ReceiveAll(), Has.Count.EqualTo(1));
        Assert.That(await worker.AskAsync(datapath => datapath.Received.Forwarded), Is.EqualTo(1));
        Assert.That(async () => await worker.AskAsync<int>(_ => throw new InvalidOperationException("no")), Throws.InvalidOperationException);
    }

    private sealed class TwoLinks(ILink a, ILink b) : ILinkSource
    {
        public ILink? OpenVnic(string device) => device == "a" ? a : b;

        public ITunnelSocket? OpenTunnel(string uplink, Packets.Addresses.IpPrefix local) => null;
    }

    private sealed class Tap : ICaptureTap
    {
        public List<byte[]> Frames { get; } = [];

        public void Capture(ReadOnlySpan<byte> frame, bool output) => Frames.Add(frame.ToArray());
    }
}
