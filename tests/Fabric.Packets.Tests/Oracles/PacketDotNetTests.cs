using System.Net;
using System.Net.NetworkInformation;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using Fabric.TestKit;
using PacketDotNet;

namespace Fabric.Packets.Tests.Oracles;

/// <summary>PacketDotNet reads what we write, and we read what it writes.</summary>
[TestFixture]
public sealed class PacketDotNetTests
{
    [Test]
    public void It_reads_our_tcp()
    {
        var packet = Parse(Frames.Tcp("10.0.0.1", "10.0.0.2", 1234, 443, TcpFlags.Syn | TcpFlags.Ack, 77, 99, Frames.Pattern(11), window: 500));
        var ip = packet.Extract<IPv4Packet>();
        var tcp = packet.Extract<TcpPacket>();

        Assert.That(ip.ValidIPChecksum, Is.True);
        Assert.That(ip.SourceAddress.ToString(), Is.EqualTo("10.0.0.1"));
        Assert.That(tcp.ValidTcpChecksum, Is.True);
        Assert.That((tcp.SourcePort, tcp.DestinationPort, tcp.SequenceNumber, tcp.AcknowledgmentNumber), Is.EqualTo(((ushort)1234, (ushort)443, 77u, 99u)));
        Assert.That((tcp.Synchronize, tcp.Acknowledgment, tcp.Reset, tcp.WindowSize), Is.EqualTo((true, true, false, (ushort)500)));
        Assert.That(tcp.PayloadData, Is.EqualTo(Frames.Pattern(11)));
    }

    [Test]
    public void It_reads_our_udp_over_ipv6()
    {
        var packet = Parse(Frames.Udp("2001:db8::1", "2001:db8::2", 1, 65535, Frames.Pattern(7)));
        var udp = packet.Extract<UdpPacket>();

        Assert.That(packet.Extract<IPv6Packet>().DestinationAddress.ToString(), Is.EqualTo("2001:db8::2"));
        Assert.That(udp.ValidUdpChecksum, Is.True);
        Assert.That((udp.SourcePort, udp.DestinationPort, udp.Length), Is.EqualTo(((ushort)1, (ushort)65535, 15)));
    }

    [Test]
    public void It_reads_our_arp()
    {
        var arp = Parse(Frames.ArpRequest("10.0.0.1", "10.0.0.2")).Extract<ArpPacket>();

        Assert.That(arp.Operation, Is.EqualTo(PacketDotNet.ArpOperation.Request));
        Assert.That(arp.SenderProtocolAddress.ToString(), Is.EqualTo("10.0.0.1"));
        Assert.That(arp.TargetProtocolAddress.ToString(), Is.EqualTo("10.0.0.2"));
        Assert.That(arp.SenderHardwareAddress, Is.EqualTo(PhysicalAddress.Parse("02000A000001")));
    }

    [Test]
    public void It_reads_our_tag()
    {
        var tag = Parse(Frames.Udp("10.0.0.1", "10.0.0.2").Tagged(4001, priority: 6)).Extract<Ieee8021QPacket>();

        Assert.That(tag.VlanIdentifier, Is.EqualTo(4001));
        Assert.That((int)tag.PriorityControlPoint, Is.EqualTo(6));
    }

    [Test]
    public void It_reads_our_vxlan()
    {
        var vxlan = Parse(Frames.Udp("10.0.0.1", "10.0.0.2").Vxlan("192.0.2.1", "192.0.2.2", 0x123456)).Extract<VxlanPacket>();

        Assert.That(vxlan.Vni, Is.EqualTo(0x123456));
        Assert.That(vxlan.Extract<UdpPacket>().DestinationPort, Is.EqualTo(5001));
    }

    [Test]
    public void We_read_its_tcp()
    {
        var tcp = new TcpPacket(555, 8080) { SequenceNumber = 5, Acknowledgment = true, Push = true, WindowSize = 9, PayloadData = Frames.Pattern(21) };
        byte[] frame = Wrap(new IPv4Packet(IPAddress.Parse("10.1.2.3"), IPAddress.Parse("10.3.2.1")) { PayloadPacket = tcp, TimeToLive = 3 }, tcp.UpdateTcpChecksum);

        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That(TransportChecksum.IsValid(frame, layout), Is.True);
        Assert.That(layout.Source(frame), Is.EqualTo(IpAddress.Parse("10.1.2.3")));
        Assert.That(layout.TimeToLive(frame), Is.EqualTo(3));
        Assert.That(TcpView.TryParse(layout.Transport(frame), out var view), Is.True);
        Assert.That((view.SourcePort, view.DestinationPort, view.Sequence, view.Window), Is.EqualTo(((ushort)555, (ushort)8080, 5u, (ushort)9)));
        Assert.That(view.Flags, Is.EqualTo(TcpFlags.Ack | TcpFlags.Psh));
        Assert.That(view.Payload.ToArray(), Is.EqualTo(Frames.Pattern(21)));
    }

    [Test]
    public void We_read_its_udp_over_ipv6()
    {
        var udp = new UdpPacket(9, 10) { PayloadData = Frames.Pattern(4) };
        byte[] frame = Wrap(new IPv6Packet(IPAddress.Parse("fd00::1"), IPAddress.Parse("fd00::2")) { PayloadPacket = udp }, udp.UpdateUdpChecksum);

        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That(TransportChecksum.IsValid(frame, layout), Is.True);
        Assert.That(layout.Destination(frame), Is.EqualTo(IpAddress.Parse("fd00::2")));
        Assert.That(layout.Payload(frame).ToArray(), Is.EqualTo(Frames.Pattern(4)));
    }

    [Test]
    public void We_read_its_arp()
    {
        var arp = new ArpPacket(
            PacketDotNet.ArpOperation.Response, PhysicalAddress.Parse("0A0B0C0D0E0F"), IPAddress.Parse("1.2.3.4"), PhysicalAddress.Parse("020304050607"), IPAddress.Parse("4.3.2.1"));

        Assert.That(ArpView.TryParse(arp.Bytes, out var view), Is.True);
        Assert.That(view.Operation, Is.EqualTo(Packets.Ethernet.ArpOperation.Reply));
        Assert.That((view.SenderAddress.ToString(), view.TargetAddress.ToString()), Is.EqualTo(("4.3.2.1", "1.2.3.4")));
        Assert.That((view.SenderMac.ToString(), view.TargetMac.ToString()), Is.EqualTo(("02:03:04:05:06:07", "0a:0b:0c:0d:0e:0f")));
    }

    private static Packet Parse(byte[] frame) => Packet.ParsePacket(LinkLayers.Ethernet, frame);

    private static byte[] Wrap(IPPacket packet, Action fillTransport)
    {
        var ethernet = new EthernetPacket(PhysicalAddress.Parse("020000000001"), PhysicalAddress.Parse("020000000002"), EthernetType.None) { PayloadPacket = packet };
        packet.UpdateCalculatedValues();
        fillTransport();
        if (packet is IPv4Packet ipv4)
        {
            ipv4.UpdateIPChecksum();
        }

        return ethernet.Bytes;
    }
}
