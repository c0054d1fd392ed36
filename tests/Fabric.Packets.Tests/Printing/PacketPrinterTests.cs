using Fabric.Packets.Printing;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Printing;

[TestFixture]
public sealed class PacketPrinterTests
{
    [Test]
    public void A_wrapped_frame_is_printed_down_to_its_core()
        => Assert.That(PacketPrinter.Print(Seeds.All["geneve"]), Is.EqualTo("""
            Ethernet  02:00:c0:00:02:01 > 02:00:c0:00:02:02, IPv4, 212 bytes
            IPv4      192.0.2.1 > 192.0.2.2, UDP, ttl 64, length 198
            UDP       50000 > 6081, payload 170 bytes
            Geneve    vni 5000, option 0x0104/00 (label 74565, Edge, trace)
              Ethernet  02:00:0a:00:00:01 > 02:00:0a:00:00:02, IPv4, 154 bytes
              IPv4      10.0.0.1 > 10.0.0.2, TCP, ttl 64, length 140
              TCP       40000 > 80, Syn, seq 1000, ack 0, window 65535, payload 100 bytes
            """));

    [Test]
    public void A_wrong_checksum_is_called_out()
        => Assert.That(PacketPrinter.Print(Frames.Udp("10.0.0.1", "10.0.0.2").WithBitFlipped(45 * 8)), Does.Contain("BAD CHECKSUM"));

    [Test]
    public void Every_seed_names_its_layers()
    {
        Assert.That(PacketPrinter.Print(Seeds.All["arp request"]), Does.Contain("who has 10.0.0.2? tell 10.0.0.1"));
        Assert.That(PacketPrinter.Print(Seeds.All["neighbor advertisement"]), Does.Contain("fe80::2 is at 02:00:00:00:00:02, router, solicited, override"));
        Assert.That(PacketPrinter.Print(Seeds.All["fragmentation needed"]), Does.Contain("next hop MTU 1400").And.Contain("10.0.0.1 > 10.0.9.2, UDP, ports 40000 > 5001"));
        Assert.That(PacketPrinter.Print(Seeds.All["bfd in geneve"]), Does.Contain("vni 0, control").And.Contain("BFD       Up"));
        Assert.That(PacketPrinter.Print(Seeds.All["dhcp ack"]), Does.Contain("Ack, client 02:00:00:00:00:01, address 10.0.0.9"));
        Assert.That(PacketPrinter.Print(Seeds.All["qinq"]).Split('\n'), Has.Length.EqualTo(5));
    }
}
