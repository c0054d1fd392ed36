using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.TestKit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Fabric.Packets.Tests.Ip;

/// <summary>A frame edited in place is the frame that would have been built so from the start.</summary>
[TestFixture]
public sealed class EditsTests
{
    [TestCase("10.0.0.1", "10.0.0.2")]
    [TestCase("2001:db8::1", "2001:db8::2")]
    public void A_routed_hop_looks_as_if_sent_so(string from, string to)
    {
        byte[] frame = Frames.Tcp(from, to, payload: Frames.Pattern(50), ttl: 64);
        _ = FrameLayout.Parse(frame, out var layout);

        IpEdits.DecrementTimeToLive(frame, layout);
        EthernetEdits.ReplaceMacs(frame, new MacAddress(0x0200_0000_00AA), new MacAddress(0x0200_0000_00BB));

        Assert.That(frame, IsFrame.EqualTo(Frames.Tcp(
            from, to, payload: Frames.Pattern(50), ttl: 63, toMac: new MacAddress(0x0200_0000_00AA), fromMac: new MacAddress(0x0200_0000_00BB))));
    }

    [Property(MaxTest = 300)]
    public bool Any_ttl_and_dscp_leave_a_right_checksum(byte ttl, byte dscp)
    {
        byte[] frame = Frames.Udp("10.0.0.1", "10.0.0.2", ttl: Math.Max(ttl, (byte)1));
        _ = FrameLayout.Parse(frame, out var layout);
        IpEdits.DecrementTimeToLive(frame, layout);
        IpEdits.SetDscp(frame, layout, dscp & 0x3F);
        return FrameLayout.Parse(frame, out _) == FrameMalformation.None
            && Ipv4View.TryParse(frame.AsSpan(14), out var ip)
            && ip.Dscp == (dscp & 0x3F)
            && ip.TimeToLive == Math.Max(ttl, (byte)1) - 1;
    }

    [Property(MaxTest = 500)]
    public bool Any_translation_leaves_right_checksums(uint address, ushort port, byte kind, byte length)
    {
        byte[] payload = Frames.Pattern(length);
        byte[] frame = (kind % 5) switch
        {
            0 => Frames.Tcp("10.0.0.1", "10.0.0.2", payload: payload),
            1 => Frames.Udp("10.0.0.1", "10.0.0.2", payload: payload),
            2 => Frames.Udp("2001:db8::1", "2001:db8::2", payload: payload),
            3 => Frames.Tcp("2001:db8::1", "2001:db8::2", payload: payload),
            _ => Frames.Sctp("10.0.0.1", "10.0.0.2"),
        };
        _ = FrameLayout.Parse(frame, out var layout);
        var other = layout.IsIpv4 ? IpAddress.FromIpv4(address) : new IpAddress(((UInt128)0x2001 << 112) | address);
        IpEdits.SetSource(frame, layout, other);
        IpEdits.SetDestination(frame, layout, other);
        TransportEdits.SetSourcePort(frame, layout, port);
        TransportEdits.SetDestinationPort(frame, layout, (ushort)~port);
        return FrameLayout.Parse(frame, out var after) == FrameMalformation.None
            && TransportChecksum.IsValid(frame, after)
            && after.Source(frame) == other
            && after.Destination(frame) == other
            && after.SourcePort(frame) == port
            && after.DestinationPort(frame) == (ushort)~port;
    }

    [Test]
    public void A_udp_datagram_without_checksum_stays_without()
    {
        byte[] frame = Frames.Udp("10.0.0.1", "10.0.0.2");
        _ = FrameLayout.Parse(frame, out var layout);
        frame.AsSpan(layout.TransportOffset + 6, 2).Clear();

        IpEdits.SetSource(frame, layout, IpAddress.Parse("10.9.9.9"));

        Assert.That(frame.AsSpan(layout.TransportOffset + 6, 2).ToArray(), Is.EqualTo(new byte[2]));
        Assert.That(TransportChecksum.IsValid(frame, layout), Is.True);
    }
}
