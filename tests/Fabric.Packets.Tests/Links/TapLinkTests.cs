using System.Net;
using System.Net.Sockets;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;
using Fabric.Packets.Links.Linux;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

/// <summary>Against a real Linux network stack behind the device.</summary>
[TestFixture]
public sealed class TapLinkTests
{
    [Test]
    public void The_kernel_answers_arp_and_ping_behind_its_end()
    {
        using var space = TemporaryNamespace.CreateOrIgnore();
        using var tap = CreateOrIgnore(space);
        space.Run("addr add 10.0.0.2/24 dev tap0");
        space.Run("neigh add 10.0.0.1 lladdr 02:00:0a:00:00:01 dev tap0");

        Assert.That(tap.Send(Frames.ArpRequest("10.0.0.1", "10.0.0.2")), Is.EqualTo(1));
        byte[] reply = tap.ReceiveUntil(1, frame => frame[13] == 6)[0];
        Assert.That(ArpView.TryParse(reply.AsSpan(14), out var arp), Is.True);
        Assert.That(arp.SenderMac, Is.EqualTo(tap.Mac));

        tap.Send(Frames.Ping("10.0.0.1", "10.0.0.2", toMac: tap.Mac));
        byte[] pong = tap.ReceiveUntil(1, frame => frame[13] == 0)[0];
        Assert.That(pong, Has.Length.EqualTo(Frames.Ping("10.0.0.1", "10.0.0.2").Length));
    }

    [Test]
    public void Tcp_super_frames_leave_as_legal_frames()
    {
        using var left = TemporaryNamespace.CreateOrIgnore();
        using var right = TemporaryNamespace.CreateOrIgnore();
        using var one = CreateOrIgnore(left);
        using var other = CreateOrIgnore(right);
        left.Run("addr add 10.0.0.1/24 dev tap0");
        right.Run("addr add 10.0.0.2/24 dev tap0");
        using var forwarder = new LinkForwarder(one, other);
        using var listener = NetworkNamespace.Run(right.Path, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 0));
            socket.Listen();
            return socket;
        });
        using var sender = NetworkNamespace.Run(left.Path, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        sender.Connect(listener.LocalEndPoint!);
        using var accepted = listener.Accept();
        accepted.ReceiveTimeout = 10000;
        byte[] sent = Frames.Pattern(4 << 20);
        var sending = Task.Run(() => sender.Send(sent));

        var received = new byte[sent.Length];
        for (int at = 0; at < received.Length;)
        {
            at += accepted.Receive(received.AsSpan(at));
        }

        sending.Wait();
        forwarder.Dispose();
        Assert.That(received.AsSpan().SequenceEqual(sent), Is.True);
        Assert.That(forwarder.Illegal, Is.Zero, forwarder.FirstIllegal);
    }

    private static TapLink CreateOrIgnore(TemporaryNamespace space)
    {
        if (!File.Exists("/dev/net/tun"))
        {
            Assert.Ignore("needs /dev/net/tun");
        }

        return TapLink.Create("tap0", namespacePath: space.Path);
    }
}
