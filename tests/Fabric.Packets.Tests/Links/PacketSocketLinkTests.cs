using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;
using Fabric.Packets.Links.Linux;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

/// <summary>Between real Linux network stacks in namespaces, with all offloads left on.</summary>
[TestFixture]
public sealed class PacketSocketLinkTests
{
    private const int TransferLength = 48 << 20;

    [Test]
    public void A_vlan_tag_is_sent_and_put_back_on_receipt()
    {
        using var one = TemporaryNamespace.CreateOrIgnore();
        using var two = TemporaryNamespace.CreateOrIgnore();
        one.ConnectTo(two, "a", "b");
        using var near = PacketSocketLink.Open("a", one.Path);
        using var far = PacketSocketLink.Open("b", two.Path);
        byte[] single = Frames.Udp("10.0.0.1", "10.0.0.2").Tagged(100, priority: 5);
        byte[] twice = Frames.Udp("10.0.0.1", "10.0.0.2").Tagged(7).Tagged(200, type: EtherType.ServiceVlan);
        byte[] plain = Frames.Udp("fd00::1", "fd00::2");

        Assert.That(near.Send(single) + near.Send(twice) + near.Send(plain), Is.EqualTo(3));

        var received = far.ReceiveUntil(3, IsOurs);
        Assert.That(received[0], IsFrame.EqualTo(single));
        Assert.That(received[1], IsFrame.EqualTo(twice));
        Assert.That(received[2], IsFrame.EqualTo(plain));
        Assert.That(near.ReceiveAll().Where(IsOurs), Is.Empty, "our own frames came back");
    }

    [Test]
    public void A_frame_beyond_the_mtu_is_counted_and_not_sent()
    {
        using var one = TemporaryNamespace.CreateOrIgnore();
        using var two = TemporaryNamespace.CreateOrIgnore();
        one.ConnectTo(two, "a", "b");
        using var near = PacketSocketLink.Open("a", one.Path);

        int sent = near.Send(Frames.Udp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(1473)));

        Assert.That(sent, Is.Zero);
        Assert.That(near.Drops.SendTooLong, Is.EqualTo(1));
        Assert.That(near.Send(Frames.Udp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(1472)).Tagged(5)), Is.EqualTo(1));
    }

    [Test]
    public void A_device_that_is_not_there_is_named_in_the_error()
    {
        using var one = TemporaryNamespace.CreateOrIgnore();
        Assert.That(
            () => PacketSocketLink.Open("nothere", one.Path), Throws.TypeOf<LinkException>().With.Message.Contains("nothere"));
    }

    [Test]
    public void A_device_that_vanishes_leaves_a_link_that_is_gone()
    {
        using var one = TemporaryNamespace.CreateOrIgnore();
        using var two = TemporaryNamespace.CreateOrIgnore();
        one.ConnectTo(two, "a", "b");
        using var link = PacketSocketLink.Open("a", one.Path);
        one.Run("link set dev a down");
        _ = link.ReceiveAll();
        Assert.That(link.IsGone, Is.False);

        one.Run("link del dev a");
        _ = link.ReceiveAll();

        Assert.That(link.IsGone, Is.True);
        Assert.That(() => link.Send(Frames.Udp("10.0.0.1", "10.0.0.2")), Is.Zero);
    }

    [TestCase("10.99.0.1", "10.99.0.2", "/24")]
    [TestCase("fd99::1", "fd99::2", "/64")]
    public void Tcp_of_real_stacks_crosses_as_legal_frames(string client, string server, string prefix)
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var middle = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var forwarder = Connect(left, middle, right, client, server, prefix, out var links);

        using var listener = NetworkNamespace.Run(right.Path, () => Listen(server));
        using var sender = NetworkNamespace.Run(left.Path, () => Connect(client, (IPEndPoint)listener.LocalEndPoint!));
        using var accepted = listener.Accept();
        byte[] sent = RandomNumberGenerator.GetBytes(1 << 20);
        var sending = Task.Run(() =>
        {
            for (int part = 0; part < TransferLength; part += sent.Length)
            {
                _ = sender.Send(sent);
            }

            sender.Shutdown(SocketShutdown.Send);
        });
        long wrong = Receive(accepted, sent, out long received);
        sending.Wait();
        forwarder.Dispose();

        TestContext.Out.WriteLine($"{forwarder.Frames} frames, lost {forwarder.Lost}, allocated {forwarder.Allocated} bytes");
        Assert.That(received, Is.EqualTo(TransferLength));
        Assert.That(wrong, Is.Zero);
        Assert.That(forwarder.Illegal, Is.Zero, forwarder.FirstIllegal);
        Assert.That(forwarder.Frames, Is.GreaterThan(TransferLength / 1460), "super-frames were not cut");
        Assert.That(links.Sum(link => link.Drops.ReceiveUnusable + link.Drops.ReceiveErrors), Is.Zero);
    }

    [Test]
    public void Tcp_crosses_a_wire_on_which_it_is_tagged()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var middle = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        left.ConnectTo(middle, "eth0", "l");
        right.ConnectTo(middle, "eth0", "r");
        middle.ConnectTo(middle, "t0", "t1");
        left.Run("addr add 10.99.0.1/24 dev eth0");
        right.Run("addr add 10.99.0.2/24 dev eth0");
        using var tagging = new LinkForwarder(PacketSocketLink.Open("l", middle.Path), PacketSocketLink.Open("t0", middle.Path), pushedVlan: 100);
        using var untagging = new LinkForwarder(PacketSocketLink.Open("r", middle.Path), PacketSocketLink.Open("t1", middle.Path), pushedVlan: 100);
        using var listener = NetworkNamespace.Run(right.Path, () => Listen("10.99.0.2"));
        using var sender = NetworkNamespace.Run(left.Path, () => Connect("10.99.0.1", (IPEndPoint)listener.LocalEndPoint!));
        using var accepted = listener.Accept();
        byte[] sent = RandomNumberGenerator.GetBytes(8 << 20);
        var sending = Task.Run(() =>
        {
            _ = sender.Send(sent);
            sender.Shutdown(SocketShutdown.Send);
        });
        long wrong = Receive(accepted, sent, out long received);
        sending.Wait();
        tagging.Dispose();
        untagging.Dispose();

        Assert.That((received, wrong), Is.EqualTo(((long)sent.Length, 0L)));
        Assert.That(tagging.Illegal + untagging.Illegal, Is.Zero, tagging.FirstIllegal ?? untagging.FirstIllegal);
    }

    [TestCase("10.99.0.1", "10.99.0.2", "/24")]
    [TestCase("fd99::1", "fd99::2", "/64")]
    public void A_run_of_udp_datagrams_is_cut_into_its_datagrams(string client, string server, string prefix)
    {
        const int udp = 17; // SOL_UDP
        const int segment = 103; // UDP_SEGMENT
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var middle = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var forwarder = Connect(left, middle, right, client, server, prefix, out _);
        using var receiver = NetworkNamespace.Run(right.Path, () => Bind(server));
        using var sender = NetworkNamespace.Run(left.Path, () => Bind(client));
        receiver.ReceiveTimeout = 5000;
        byte[] payload = Frames.Pattern((20 * 1200) + 500);

        sender.SetRawSocketOption(udp, segment, BitConverter.GetBytes(1200));
        _ = sender.SendTo(payload, receiver.LocalEndPoint!);

        var buffer = new byte[2000];
        for (int offset = 0; offset < payload.Length; offset += 1200)
        {
            int length = receiver.Receive(buffer);
            Assert.That(length, Is.EqualTo(Math.Min(1200, payload.Length - offset)));
            Assert.That(buffer.AsSpan(0, length).SequenceEqual(payload.AsSpan(offset, length)), Is.True);
        }

        Assert.That(forwarder.Illegal, Is.Zero, forwarder.FirstIllegal);
    }

    private static LinkForwarder Connect(
        TemporaryNamespace left, TemporaryNamespace middle, TemporaryNamespace right, string client, string server, string prefix,
        out PacketSocketLink[] links)
    {
        left.ConnectTo(middle, "eth0", "l");
        right.ConnectTo(middle, "eth0", "r");
        left.Run($"addr add {client}{prefix} dev eth0 {(client.Contains(':', StringComparison.Ordinal) ? "nodad" : "")}");
        right.Run($"addr add {server}{prefix} dev eth0 {(client.Contains(':', StringComparison.Ordinal) ? "nodad" : "")}");
        links = [PacketSocketLink.Open("l", middle.Path), PacketSocketLink.Open("r", middle.Path)];
        return new LinkForwarder(links[0], links[1]);
    }

    private static Socket Listen(string address)
    {
        var socket = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        socket.Listen();
        return socket;
    }

    private static Socket Connect(string from, IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(to);
        return socket;
    }

    private static Socket Bind(string address)
    {
        var socket = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }

    private static long Receive(Socket socket, byte[] pattern, out long received)
    {
        socket.ReceiveTimeout = 20000;
        var buffer = new byte[1 << 16];
        long wrong = 0;
        received = 0;
        for (int length = socket.Receive(buffer); length > 0; length = socket.Receive(buffer))
        {
            int at = (int)(received % pattern.Length);
            int first = Math.Min(length, pattern.Length - at);
            bool isRight = buffer.AsSpan(0, first).SequenceEqual(pattern.AsSpan(at, first))
                && buffer.AsSpan(first, length - first).SequenceEqual(pattern.AsSpan(0, length - first));
            wrong += isRight ? 0 : 1;
            received += length;
        }

        return wrong;
    }

    private static bool IsOurs(byte[] frame) => frame.AsSpan(6, 2).SequenceEqual("\x02\0"u8);
}
