using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Ethernet;

[TestFixture]
public sealed class FrameLayoutTests
{
    [Test]
    public void Every_seed_is_well_formed_and_its_checksums_add_up()
    {
        foreach (var (name, frame) in Seeds.All)
        {
            Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None), name);
            Assert.That(TransportChecksum.IsValid(frame, layout), Is.True, name);
        }
    }

    [Test]
    public void A_tagged_tcp_frame_is_laid_out_as_it_stands()
    {
        byte[] frame = Frames.Tcp("10.0.0.1", "10.0.0.2", 1234, 80, payload: Frames.Pattern(9)).Tagged(77, priority: 2);

        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That((layout.NetworkOffset, layout.TransportOffset, layout.PayloadOffset, layout.NetworkEnd), Is.EqualTo(((ushort)18, (ushort)38, (ushort)58, (ushort)67)));
        Assert.That((layout.TagCount, layout.OuterTag.Id.Value, layout.OuterTag.Priority), Is.EqualTo(((byte)1, (ushort)77, 2)));
        Assert.That((layout.SourcePort(frame), layout.DestinationPort(frame), layout.HasPorts), Is.EqualTo(((ushort)1234, (ushort)80, true)));
    }

    [Test]
    public void A_layout_follows_a_tag_that_is_pushed_or_popped()
    {
        var buffer = new FrameBuffer();
        buffer.Set(Frames.Udp("2001:db8::1", "2001:db8::2").Tagged(5));
        _ = FrameLayout.Parse(buffer.Bytes, out var before);

        Assert.That(EthernetEdits.PopVlan(buffer).Id.Value, Is.EqualTo(5));
        _ = FrameLayout.Parse(buffer.Bytes, out var popped);
        Assert.That(before.WithoutOuterTag(), Is.EqualTo(popped));

        EthernetEdits.PushVlan(buffer, new VlanTag(new VlanId(5)));
        Assert.That(popped.WithOuterTag(new VlanTag(new VlanId(5))), Is.EqualTo(before));
        Assert.That(buffer.Bytes.ToArray(), IsFrame.EqualTo(Frames.Udp("2001:db8::1", "2001:db8::2").Tagged(5)));
    }

    [Test]
    public void Padding_is_no_part_of_the_packet()
    {
        byte[] frame = [.. Frames.Udp("10.0.0.1", "10.0.0.2", payload: [1]), .. new byte[17]];

        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That(layout.NetworkEnd, Is.EqualTo(frame.Length - 17));
        Assert.That(TransportChecksum.IsValid(frame, layout), Is.True);
    }

    [TestCase("10.0.0.1", "10.0.0.2")]
    [TestCase("2001:db8::1", "2001:db8::2")]
    public void Only_the_first_fragment_has_ports(string from, string to)
    {
        var parts = Frames.Udp(from, to, payload: Frames.Pattern(3000)).Fragments(1280, identification: 99);

        for (int index = 0; index < parts.Count; index++)
        {
            Assert.That(FrameLayout.Parse(parts[index], out var layout), Is.EqualTo(FrameMalformation.None));
            Assert.That((layout.IsFragment, layout.IsLaterFragment, layout.HasPorts), Is.EqualTo((true, index > 0, index == 0)));
            Assert.That(layout.FragmentId(parts[index]), Is.EqualTo(99));
            Assert.That(layout.Protocol, Is.EqualTo(IpProtocol.Udp));
        }
    }

    [Test]
    public void Extension_headers_are_walked_to_the_transport()
    {
        byte[] udp = Frames.Udp("2001:db8::1", "2001:db8::2")[(14 + 40)..];
        byte[] chain =
        [
            (byte)IpProtocol.Ipv6DestinationOptions, 0, 1, 4, 0, 0, 0, 0, // hop by hop, padded
            (byte)IpProtocol.Ipv6Route, 1, 1, 12, .. new byte[12], // destination options, 16 bytes
            (byte)IpProtocol.Udp, 0, 4, 0, 0, 0, 0, 0, // routing, no segments left
            .. udp,
        ];
        byte[] frame = Frames.Ip("2001:db8::1", "2001:db8::2", IpProtocol.HopByHop, chain);

        Assert.That(FrameLayout.Parse(frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.That((layout.Protocol, layout.TransportOffset), Is.EqualTo((IpProtocol.Udp, (ushort)(14 + 40 + 32))));
        Assert.That(TransportChecksum.IsValid(frame, layout), Is.True);
    }

    [Test]
    public void Each_malformation_has_its_name()
    {
        byte[] ipv4 = Frames.Udp("10.0.0.1", "10.0.0.2");
        byte[] ipv6 = Frames.Udp("2001:db8::1", "2001:db8::2");
        Assert.Multiple(() =>
        {
            Expect(ipv4[..13], FrameMalformation.TooShort);
            Expect(new byte[65536], FrameMalformation.TooLong);
            Expect(ipv4.Tagged(5)[..16], FrameMalformation.TruncatedVlanTag);
            Expect(Frames.ArpRequest("10.0.0.1", "10.0.0.2")[..41], FrameMalformation.BadArp);
            Expect(ipv4[..33], FrameMalformation.TruncatedIpHeader);
            Expect(ipv6[..53], FrameMalformation.TruncatedIpHeader);
            Expect(With(ipv4, 14, 0x65), FrameMalformation.BadIpVersion);
            Expect(With(ipv6, 14, 0x40), FrameMalformation.BadIpVersion);
            Expect(With(ipv4, 14, 0x44), FrameMalformation.BadIpHeaderLength);
            Expect(With(ipv4, 16, 0x0F), FrameMalformation.BadIpTotalLength);
            Expect(With(ipv6, 18, 0x0F), FrameMalformation.BadIpTotalLength);
            Expect(With(ipv4, 24, 0), FrameMalformation.BadIpChecksum);
            Expect(With(ipv6, 20, (byte)IpProtocol.HopByHop), FrameMalformation.BadExtensionHeaders);
            Expect(With(ipv4, 38, 0xFF), FrameMalformation.BadTransportLength);
            Expect(With(Frames.Tcp("10.0.0.1", "10.0.0.2"), 46, 0x40), FrameMalformation.BadTransportLength);
            Expect(Fragment(offset: 65528, length: 16, hasMore: false), FrameMalformation.BadFragment);
            Expect(Fragment(offset: 0, length: 15, hasMore: true), FrameMalformation.BadFragment);
        });
    }

    [Test]
    public void Parsing_allocates_nothing()
    {
        byte[][] frames = [.. Seeds.All.Values];
        ParseAll(frames);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            ParseAll(frames);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void ParseAll(byte[][] frames)
    {
        foreach (byte[] frame in frames)
        {
            _ = FrameLayout.Parse(frame, out var layout);
            _ = TransportChecksum.IsValid(frame, layout);
            Everything.Read(frame);
        }
    }

    private static byte[] Fragment(int offset, int length, bool hasMore)
    {
        var frame = new byte[14 + 20 + length];
        new EthernetHeader(default, default, EtherType.Ipv4).Write(frame);
        new Ipv4Header(IpAddress.Parse("10.0.0.1"), IpAddress.Parse("10.0.0.2"), IpProtocol.Udp, length)
        {
            FragmentOffset = offset,
            MoreFragments = hasMore,
        }.Write(frame.AsSpan(14));
        return frame;
    }

    private static byte[] With(byte[] frame, int at, byte value)
    {
        byte[] changed = [.. frame];
        changed[at] = value;
        return changed;
    }

    private static void Expect(byte[] frame, FrameMalformation malformation)
        => Assert.That(FrameLayout.Parse(frame, out _), Is.EqualTo(malformation));
}
