using System.Buffers.Binary;
using Fabric.Packets.Buffers;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links.Linux;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

/// <summary>Cutting super-frames and joining them again are each other's inverse.</summary>
[TestFixture]
public sealed unsafe class TcpRunTests
{
    private const int SegmentSize = 1400;

    [TestCase("10.0.0.1", "10.0.0.2", false)]
    [TestCase("10.0.0.1", "10.0.0.2", true)]
    [TestCase("2001:db8::1", "2001:db8::2", false)]
    [TestCase("2001:db8::1", "2001:db8::2", true)]
    public void A_run_that_was_cut_joins_to_what_it_was(string from, string to, bool isTagged)
    {
        byte[] super = SuperFrameOf(from, to, (SegmentSize * 7) + 33, isTagged);
        var frames = Cut(super);
        Assert.That(frames, Has.Length.EqualTo(8));
        foreach (var frame in frames)
        {
            Assert.That(FrameLayout.Parse(frame.Bytes, out var layout), Is.EqualTo(FrameMalformation.None));
            Assert.That(TransportChecksum.IsValid(frame.Bytes, layout), Is.True);
        }

        Assert.That(Join(frames, out int count, out byte[] joined), Is.EqualTo(SegmentSize));
        Assert.That(count, Is.EqualTo(8));
        Assert.That(Cut(joined).Select(frame => frame.Bytes.ToArray()), Is.EqualTo(frames.Select(frame => frame.Bytes.ToArray())));
    }

    [Test]
    public void Flags_of_the_whole_are_said_once()
    {
        byte[] super = SuperFrameOf("10.0.0.1", "10.0.0.2", SegmentSize * 3, isTagged: false, TcpFlags.Ack | TcpFlags.Psh | TcpFlags.Fin | TcpFlags.Cwr);

        var flags = Cut(super).Select(frame => (TcpFlags)frame.Bytes[14 + 20 + 13]);

        Assert.That(flags, Is.EqualTo(new[] { TcpFlags.Ack | TcpFlags.Cwr, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh | TcpFlags.Fin }));
    }

    [Test]
    public void Anything_that_would_be_lost_in_joining_ends_the_run()
    {
        Assert.Multiple(() =>
        {
            Ends("a gap in the sequence", frame => frame[14 + 20 + 7]++);
            Ends("another acknowledgment", frame => frame[14 + 20 + 11]++);
            Ends("another window", frame => frame[14 + 20 + 15]++);
            Ends("another port", frame => frame[14 + 20 + 1]++);
            Ends("another source", frame => frame[14 + 15]++);
            Ends("another TTL", frame => frame[14 + 8]++);
            Ends("another DSCP", frame => frame[14 + 1] = 0xB8);
            Ends("a congestion mark", frame => frame[14 + 1] = 0x03);
            Ends("an urgent pointer", frame => frame[14 + 20 + 19]++);
            Ends("a reset", frame => frame[14 + 20 + 13] |= (byte)TcpFlags.Rst);
            Ends("another MAC", frame => frame[5]++);
            Ends("another IP id", frame => frame[14 + 5] += 7);
        });
    }

    [Test]
    public void A_wrong_checksum_is_not_made_right()
    {
        var frames = Cut(SuperFrameOf("10.0.0.1", "10.0.0.2", SegmentSize * 4, isTagged: false));
        frames[2].Bytes[^1] ^= 1;

        Assert.That(TcpRun.Measure(frames, out _), Is.EqualTo(2));
        Assert.That(TcpRun.Measure(frames.AsSpan(2), out _), Is.EqualTo(1));
    }

    [Test]
    public void A_run_never_exceeds_an_ip_packet()
    {
        var first = Cut(SuperFrameOf("10.0.0.1", "10.0.0.2", SegmentSize * 46, isTagged: false));
        Assert.That(TcpRun.Measure(first, out _), Is.EqualTo(46));
        Assert.That(Join(first, out _, out byte[] joined), Is.EqualTo(SegmentSize));
        Assert.That(joined, Has.Length.LessThanOrEqualTo(65535 + 14));
    }

    [Test]
    public void Nonsense_is_refused()
    {
        byte[] udp = Frames.Udp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(900));
        var header = new VirtioHeader { Kind = VirtioHeader.SegmentsTcpV4, SegmentSize = 100, Flags = VirtioHeader.NeedsChecksum };
        fixed (byte* bytes = udp)
        {
            Assert.That(SuperFrame.TryOpen(bytes, udp.Length, header, out _), Is.False, "UDP that says TCP");
            Assert.That(SuperFrame.TryOpen(bytes, 20, header with { Kind = VirtioHeader.SegmentsUdp }, out _), Is.False, "cut short");
            Assert.That(SuperFrame.TryOpen(bytes, udp.Length, header with { Kind = VirtioHeader.SegmentsUdp, SegmentSize = 0 }, out _), Is.False);
            Assert.That(SuperFrame.TryOpen(bytes, udp.Length, header with { Kind = 3 }, out _), Is.False, "IP fragmentation offload");
        }

        Assert.That(PartialChecksum.TryComplete(udp, new VirtioHeader { ChecksumStart = 60000, ChecksumOffset = 16 }), Is.False);
        Assert.That(PartialChecksum.TryComplete(udp, new VirtioHeader { ChecksumStart = 34, ChecksumOffset = 60000 }), Is.False);
    }

    [Test]
    public void Whatever_a_device_claims_is_cut_into_legal_frames_or_refused()
    {
        var random = new Random(20260102);
        byte[][] seeds = [.. Seeds.All.Values, SuperFrameOf("10.0.0.1", "10.0.0.2", 9000, isTagged: true), SuperFrameOf("2001:db8::1", "2001:db8::2", 9000, isTagged: false)];
        var target = new byte[2048];
        for (int round = 0; round < 50000; round++)
        {
            byte[] frame = [.. seeds[random.Next(seeds.Length)]];
            for (int change = random.Next(4); change > 0; change--)
            {
                frame[random.Next(Math.Min(frame.Length, 80))] = (byte)random.Next(256);
            }

            byte[] kinds = [VirtioHeader.SegmentsTcpV4, VirtioHeader.SegmentsTcpV6, VirtioHeader.SegmentsUdp, (byte)random.Next(256)];
            var header = new VirtioHeader
            {
                Kind = kinds[random.Next(kinds.Length)],
                SegmentSize = (ushort)random.Next(random.Next(2) == 0 ? 2000 : 65536),
                ChecksumStart = (ushort)random.Next(65536),
                ChecksumOffset = (ushort)random.Next(65536),
            };
            int length = random.Next(3) == 0 ? random.Next(frame.Length) : frame.Length;
            _ = PartialChecksum.TryComplete(frame.AsSpan(0, length), header);
            fixed (byte* bytes = frame)
            {
                if (SuperFrame.TryOpen(bytes, length, header, out var super))
                {
                    while (super.HasMore)
                    {
                        int written = super.WriteNext(target);
                        Assert.That(written < 0 || FrameLayout.Parse(target.AsSpan(0, written), out _) == FrameMalformation.None, Is.True);
                    }
                }
            }
        }
    }

    [Test]
    public void A_tower_of_tags_is_refused()
    {
        byte[] frame = Frames.Tcp("10.0.0.1", "10.0.0.2", flags: TcpFlags.Ack, payload: Frames.Pattern(3000));
        for (int tag = 0; tag < 5; tag++)
        {
            frame = frame.Tagged(7);
        }

        fixed (byte* bytes = frame)
        {
            var header = new VirtioHeader { Kind = VirtioHeader.SegmentsTcpV4, SegmentSize = 1000 };
            Assert.That(SuperFrame.TryOpen(bytes, frame.Length, header, out _), Is.False);
        }
    }

    private static void Ends(string because, Action<byte[]> change)
    {
        var frames = Cut(SuperFrameOf("10.0.0.1", "10.0.0.2", SegmentSize * 4, isTagged: false));
        byte[] changed = frames[2].Bytes.ToArray();
        change(changed);
        MendChecksums(changed);
        frames[2].Set(changed);
        Assert.That(TcpRun.Measure(frames, out _), Is.EqualTo(2), because);
    }

    private static byte[] SuperFrameOf(string from, string to, int length, bool isTagged, TcpFlags flags = TcpFlags.Ack)
    {
        byte[] frame = Frames.Tcp(from, to, flags: flags, acknowledgment: 9, payload: Frames.Pattern(length), options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]);
        return isTagged ? frame.Tagged(100, priority: 3) : frame;
    }

    private static FrameBuffer[] Cut(byte[] super)
    {
        _ = FrameLayout.Parse(super, out var layout);
        var header = new VirtioHeader
        {
            Flags = VirtioHeader.NeedsChecksum,
            Kind = layout.IsIpv4 ? VirtioHeader.SegmentsTcpV4 : VirtioHeader.SegmentsTcpV6,
            SegmentSize = SegmentSize,
        };
        var frames = new List<FrameBuffer>();
        fixed (byte* bytes = super)
        {
            Assert.That(SuperFrame.TryOpen(bytes, super.Length, header, out var opened), Is.True);
            while (opened.HasMore)
            {
                var frame = new FrameBuffer();
                frame.SetLength(opened.WriteNext(frame.Reset()));
                frames.Add(frame);
            }
        }

        return [.. frames];
    }

    private static int Join(FrameBuffer[] frames, out int count, out byte[] joined)
    {
        count = TcpRun.Measure(frames, out var layout);
        var headers = new byte[TcpRun.MaxHeaderLength];
        fixed (byte* target = headers)
        {
            TcpRun.WriteHeaders(frames.AsSpan(0, count), layout, target, out var virtio);
            joined = [.. headers[..layout.PayloadOffset], .. frames.Take(count).SelectMany(frame => frame.Bytes[layout.PayloadOffset..].ToArray())];
            return virtio.SegmentSize;
        }
    }

    private static void MendChecksums(byte[] frame)
    {
        frame.AsSpan(24, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(24), InternetChecksum.Of(frame.AsSpan(14, 20)));
        _ = TransportChecksum.Fill(frame.AsSpan(14));
    }
}
