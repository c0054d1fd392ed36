using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

[TestFixture]
public sealed class MemoryLinkTests
{
    [Test]
    public void Frames_arrive_at_the_other_end_in_order()
    {
        var (near, far) = MemoryLink.CreatePair("wire");
        byte[] first = Frames.Udp("10.0.0.1", "10.0.0.2");
        byte[] second = Frames.Ping("10.0.0.1", "10.0.0.2");

        near.Send(first);
        near.Send(second);

        Assert.That(far.ReceiveAll(), Is.EqualTo(new[] { first, second }));
        Assert.That(far.ReceiveAll(), Is.Empty);
        Assert.That(near.ReceiveAll(), Is.Empty);
    }

    [Test]
    public void What_the_wire_has_no_room_for_is_lost_and_counted()
    {
        var (near, far) = MemoryLink.CreatePair("wire", capacity: 2);
        byte[] frame = Frames.Udp("10.0.0.1", "10.0.0.2");

        Assert.That(new[] { near.Send(frame), near.Send(frame), near.Send(frame) }, Is.EqualTo(new[] { 1, 1, 0 }));
        Assert.That(near.Send(Frames.Udp("10.0.0.1", "10.0.0.2", payload: new byte[1600])), Is.Zero);

        Assert.That(near.SendDrops, Is.EqualTo(2));
        Assert.That(far.ReceiveAll(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Its_descriptor_wakes_a_poller_until_it_is_empty()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("needs Linux, for descriptors");
        }

        var (near, far) = MemoryLink.CreatePair("wire");
        near.Send(Frames.Udp("10.0.0.1", "10.0.0.2"));
        using var poller = new LinkPoller();
        poller.Add(far.Descriptor, 7);
        Span<int> tokens = stackalloc int[4];

        Assert.That(poller.Wait(0, tokens), Is.EqualTo(1), "what came before anyone asked for the descriptor");
        Assert.That(tokens[0], Is.EqualTo(7));
        _ = far.ReceiveAll();
        Assert.That(poller.Wait(0), Is.False);
        near.Send(Frames.Udp("10.0.0.1", "10.0.0.2"));
        Assert.That(poller.Wait(0), Is.True);
        far.Dispose();
    }

    [Test]
    public void A_poller_is_woken_by_another_thread()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("needs Linux, for descriptors");
        }

        using var poller = new LinkPoller();
        var waking = Task.Run(poller.Wake);

        Assert.That(poller.Wait(10000), Is.False);
        waking.Wait();
        Assert.That(poller.Wait(0), Is.False);
    }

    [Test]
    public void A_steady_state_allocates_nothing()
    {
        var (near, far) = MemoryLink.CreatePair("wire", capacity: 16);
        var pool = new FramePool();
        var frame = new FrameBuffer();
        frame.Set(Frames.Udp("10.0.0.1", "10.0.0.2"));
        var sent = new[] { frame };
        var arrived = new FrameBuffer[8];
        long before = 0;
        for (int round = 0; round < 200; round++)
        {
            if (round == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            near.Send(sent);
            int count = far.Receive(pool, arrived);
            pool.Give(arrived[count - 1]);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void An_underlay_carries_datagrams_between_its_endpoints()
    {
        var underlay = new MemoryUnderlay();
        using var one = underlay.Open(IpAddress.Parse("192.0.2.1"));
        using var other = underlay.Open(IpAddress.Parse("192.0.2.2"));
        var path = new TunnelPath(other.Local, 51234, GeneveView.UdpPort);

        Assert.That(one.Send([1, 2, 3], path), Is.EqualTo(1));
        Assert.That(one.Send([1], path with { Remote = IpAddress.Parse("192.0.2.9") }), Is.Zero);

        var received = other.ReceiveAll();
        Assert.That(received, Has.Count.EqualTo(1));
        Assert.That(received[0].Payload, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(received[0].Path, Is.EqualTo(path with { Remote = one.Local }));

        underlay.SetReachable(other.Local, false);
        Assert.That(one.Send([4], path), Is.Zero);
        Assert.That(() => underlay.Open(one.Local), Throws.TypeOf<LinkException>());
    }
}
