using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

/// <summary>Between real Linux network stacks in namespaces.</summary>
[TestFixture]
public sealed class UdpTunnelSocketTests
{
    private static readonly ushort[] Ports = [GeneveView.UdpPort, VxlanView.UdpPort];

    [TestCase("192.0.2.1", "192.0.2.2", "/24")]
    [TestCase("2001:db8::1", "2001:db8::2", "/64")]
    public void Datagrams_of_many_flows_and_sizes_arrive_whole(string one, string other, string prefix)
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var near = OpenPair(left, right, one, other, prefix, out var far);
        using var alsoFar = far;
        var frames = new FrameBuffer[200];
        var paths = new TunnelPath[frames.Length];
        for (int index = 0; index < frames.Length; index++)
        {
            frames[index] = new FrameBuffer();
            frames[index].Set(Frames.Pattern(index % 3 == 0 ? 1400 : 100 + index));
            frames[index].Bytes[0] = (byte)index;
            paths[index] = new TunnelPath(far.Local, (ushort)(49152 + (index * 977 % 16384)), Ports[index % 2]) { Dscp = (byte)(index % 5 == 0 ? 46 : 0) };
        }

        Assert.That(near.Send(frames, paths), Is.EqualTo(frames.Length));

        var received = far.ReceiveUntil(frames.Length);
        Assert.That(received, Has.Count.EqualTo(frames.Length));
        var byMark = received.ToDictionary(datagram => datagram.Payload[0]);
        for (int index = 0; index < frames.Length; index++)
        {
            Assert.That(byMark[(byte)index].Payload, Is.EqualTo(frames[index].Bytes.ToArray()));
            Assert.That(byMark[(byte)index].Path.Remote, Is.EqualTo(near.Local));
            Assert.That(byMark[(byte)index].Path.DestinationPort, Is.EqualTo(paths[index].DestinationPort));
            Assert.That((byMark[(byte)index].Path.SourcePort - paths[index].SourcePort) % 64, Is.Zero, "another class of flows");
        }
    }

    [Test]
    public void Equal_frames_to_one_peer_leave_as_one_run_and_arrive_one_by_one()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var near = OpenPair(left, right, "192.0.2.1", "192.0.2.2", "/24", out var far);
        using var alsoFar = far;
        var frames = Enumerable.Range(0, 64).Select(index => Buffer(index < 63 ? 1300 : 700, (byte)index)).ToArray();
        var paths = frames.Select(_ => new TunnelPath(far.Local, 50000, GeneveView.UdpPort)).ToArray();

        Assert.That(near.Send(frames, paths), Is.EqualTo(64));

        var received = far.ReceiveUntil(64);
        Assert.That(received.Select(datagram => datagram.Payload[0]), Is.EqualTo(Enumerable.Range(0, 64)), "order is kept");
        Assert.That(received.Select(datagram => datagram.Payload.Length), Is.EqualTo(frames.Select(frame => frame.Length)));
    }

    [Test]
    public void What_exceeds_the_mtu_is_counted_and_what_just_fits_is_not_fragmented()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var near = OpenPair(left, right, "192.0.2.1", "192.0.2.2", "/24", out var far);
        using var alsoFar = far;
        using var wire = PacketSocketLink.Open("u", right.Path);
        var path = new TunnelPath(far.Local, 50000, GeneveView.UdpPort);

        Assert.That(near.Send(Frames.Pattern(near.Mtu - 27), path), Is.Zero);
        Assert.That(near.Drops.SendTooLong, Is.EqualTo(1));
        Assert.That(near.Send(Frames.Pattern(near.Mtu - 28), path), Is.EqualTo(1));

        byte[] seen = wire.ReceiveUntil(1, frame => frame.Length > 1000)[0];
        Assert.That(Ipv4View.TryParse(seen.AsSpan(14), out var ip), Is.True);
        Assert.That(ip.DontFragment, Is.True);
        Assert.That(ip.TotalLength, Is.EqualTo(near.Mtu));
        Assert.That(far.ReceiveUntil(1), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_linux_vxlan_device_is_a_tunnel_endpoint_like_ours()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        left.ConnectTo(right, "u", "u", mtu: 1700);
        left.Run("addr add 192.0.2.1/24 dev u");
        right.Run("addr add 192.0.2.2/24 dev u");
        try
        {
            right.Run("link add vx type vxlan id 5001 local 192.0.2.2 remote 192.0.2.1 dstport 4789 dev u");
        }
        catch (InvalidOperationException exception)
        {
            Assert.Ignore($"needs the kernel's vxlan device: {exception.Message}");
        }

        right.Run("link set dev vx address 02:00:0a:00:00:02 mtu 1500 up");
        right.Run("addr add 10.0.0.2/24 dev vx");
        using var near = UdpTunnelSocket.Open(IpAddress.Parse("192.0.2.1"), Ports, left.Path);
        right.Run("neigh add 10.0.0.1 lladdr 02:00:0a:00:00:01 dev vx");
        var path = new TunnelPath(IpAddress.Parse("192.0.2.2"), 50000, VxlanView.UdpPort);

        near.Send(Frames.Ping("10.0.0.1", "10.0.0.2", identifier: 77).VxlanPayload(5001), path);

        var answers = near.ReceiveUntil(3).Select(datagram => datagram.Payload);
        Assert.That(answers.Any(payload => IsEchoReply(payload, 5001, 77)), Is.True, "no answer to our ping in VXLAN");
    }

    [Test]
    public void An_address_that_no_device_has_is_named_in_the_error()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        Assert.That(
            () => UdpTunnelSocket.Open(IpAddress.Parse("192.0.2.77"), Ports, left.Path),
            Throws.TypeOf<LinkException>().With.Message.Contains("192.0.2.77"));
    }

    [Test]
    public void A_port_that_someone_else_has_is_named_in_the_error()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        left.Run("addr add 192.0.2.1/24 dev lo");
        using var first = UdpTunnelSocket.Open(IpAddress.Parse("192.0.2.1"), Ports, left.Path);
        Assert.That(
            () => UdpTunnelSocket.Open(IpAddress.Parse("192.0.2.1"), Ports, left.Path),
            Throws.TypeOf<LinkException>().With.Message.Contains("6081"));
    }

    [Test]
    public void Sending_and_receiving_allocate_nothing()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var near = OpenPair(left, right, "192.0.2.1", "192.0.2.2", "/24", out var far);
        using var alsoFar = far;
        var frames = Enumerable.Range(0, 32).Select(index => Buffer(500 + index, (byte)index)).ToArray();
        var paths = frames.Select((_, index) => new TunnelPath(far.Local, (ushort)(50000 + index), GeneveView.UdpPort)).ToArray();
        var pool = new FramePool();
        var arrived = new FrameBuffer[64];
        var from = new TunnelPath[64];

        long carried = 0;
        long before = 0;
        for (int round = 0; round < 200; round++)
        {
            if (round == 100)
            {
                carried = 0;
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            _ = near.Send(frames, paths);
            for (int count = far.Receive(pool, arrived, from); count > 0; count = far.Receive(pool, arrived, from))
            {
                carried += count;
                for (int index = 0; index < count; index++)
                {
                    pool.Give(arrived[index]);
                }
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(carried, Is.GreaterThan(1000));
    }

    private static UdpTunnelSocket OpenPair(
        TemporaryNamespace left, TemporaryNamespace right, string one, string other, string prefix, out UdpTunnelSocket far)
    {
        string noDad = prefix == "/64" ? "nodad" : "";
        left.ConnectTo(right, "u", "u", mtu: 1700);
        left.Run($"addr add {one}{prefix} dev u {noDad}");
        right.Run($"addr add {other}{prefix} dev u {noDad}");
        far = UdpTunnelSocket.Open(IpAddress.Parse(other), Ports, right.Path);
        return UdpTunnelSocket.Open(IpAddress.Parse(one), Ports, left.Path);
    }

    private static FrameBuffer Buffer(int length, byte mark)
    {
        var buffer = new FrameBuffer();
        buffer.Set(Frames.Pattern(length));
        buffer.Bytes[0] = mark;
        return buffer;
    }

    private static bool IsEchoReply(byte[] payload, uint vni, ushort identifier)
        => VxlanView.TryParse(payload, out var vxlan)
            && vxlan.Vni.Value == vni
            && FrameLayout.Parse(vxlan.Payload, out var layout) == FrameMalformation.None
            && layout.Protocol == IpProtocol.Icmp
            && IcmpView.TryParse(layout.Transport(vxlan.Payload), out var icmp)
            && icmp.Type == IcmpType.EchoReply
            && icmp.Identifier == identifier;
}
