using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using PacketDotNet;

namespace Fabric.HostSwitch.Tests.Firewall;

[TestFixture]
public sealed class RejectReplyTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    private readonly FirewallRig _rig = new FirewallRig().With("s", Rules.Section(1, Rules.Reject(2)));

    [Test]
    public void A_rejected_packet_is_dropped_by_the_rule_and_owed_an_answer()
    {
        var decision = _rig.Out(Packets.Syn(A, B, 80));
        Assert.That(decision.IsReject, Is.True);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallRuleRx)));
    }

    [Test]
    public void A_syn_gets_a_reset_that_acknowledges_it()
    {
        var tcp = Answer<TcpPacket>(Packets.Syn(A, B, 80));
        Assert.That((tcp.Reset, tcp.Acknowledgment, tcp.SequenceNumber, tcp.AcknowledgmentNumber), Is.EqualTo((true, true, 0u, 1_001u)));
        Assert.That((tcp.SourcePort, tcp.DestinationPort), Is.EqualTo((80, 40_000)));
        Assert.That(tcp.ValidTcpChecksum, Is.True);
        var ip = (IPPacket)tcp.ParentPacket;
        Assert.That((ip.SourceAddress.ToString(), ip.DestinationAddress.ToString()), Is.EqualTo((B, A)));
    }

    [Test]
    public void A_later_segment_gets_a_reset_with_the_number_it_expects()
    {
        var tcp = Answer<TcpPacket>(Packets.Tcp("fd00::1", "fd00::2", 5_000, 80, TcpFlags.Ack, 100, 777, 5));
        Assert.That((tcp.Reset, tcp.Acknowledgment, tcp.SequenceNumber), Is.EqualTo((true, false, 777u)));
        Assert.That(tcp.ValidTcpChecksum, Is.True);
    }

    [Test]
    public void Anything_else_gets_prohibited()
    {
        var sent = Packets.Udp(A, B);
        var icmp = Answer<IcmpV4Packet>(sent);
        Assert.That(((int)icmp.TypeCode) >> 8, Is.EqualTo(3));
        Assert.That(((int)icmp.TypeCode) & 0xFF, Is.EqualTo(13));
        Assert.That(icmp.Bytes[8..], Is.EqualTo(sent[14..]), "it quotes what was sent");

        var icmp6 = Answer<IcmpV6Packet>(Packets.Echo("fd00::1", "fd00::2"));
        Assert.That(((byte)icmp6.Type, icmp6.Code), Is.EqualTo(((byte)1, (byte)1)));
        Assert.That(FrameLayout.Parse(_rig.RejectOf(Packets.Echo("fd00::1", "fd00::2")), out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That(TransportChecksum.IsValid(_rig.RejectOf(Packets.Echo("fd00::1", "fd00::2")), layout), Is.True);
    }

    [Test]
    public void A_reset_an_error_and_a_group_get_no_answer()
    {
        var broadcast = Packets.Udp(A, "255.255.255.255");
        MacAddress.Broadcast.Write(broadcast);
        Assert.That(_rig.RejectOf(Packets.Tcp(A, B, 1, 2, TcpFlags.Rst)), Is.Null);
        Assert.That(_rig.RejectOf(Packets.TimeExceeded(A, B, Packets.Udp(B, A))), Is.Null);
        Assert.That(_rig.RejectOf(Packets.Udp(A, "224.0.0.1")), Is.Null);
        Assert.That(_rig.RejectOf(broadcast), Is.Null);
        Assert.That(_rig.RejectOf(Packets.Fragments(A, B, 53, 9).Later), Is.Null);
    }

    private T Answer<T>(byte[] sent)
        where T : Packet
    {
        var answer = _rig.RejectOf(sent);
        Assert.That(answer, Is.Not.Null);
        var ethernet = (EthernetPacket)Packet.ParsePacket(LinkLayers.Ethernet, answer);
        Assert.That(ethernet.DestinationHardwareAddress.GetAddressBytes(), Is.EqualTo(Packets.SourceMac.ToBytes()));
        Assert.That(ethernet.SourceHardwareAddress.GetAddressBytes(), Is.EqualTo(Packets.DestinationMac.ToBytes()));
        return ethernet.Extract<T>();
    }
}
