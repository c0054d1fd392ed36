using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// Finds TCP segments that follow each other and differ in nothing that segmentation would not write anew, so that the kernel can
/// be given all of them as one super-frame, which costs it as much as one frame does. A segment whose checksum is wrong joins
/// nothing: the kernel would make it look right.
/// </summary>
internal static unsafe class TcpRun
{
    /// <summary>Room for the headers of a run: Ethernet, two tags, IP and TCP with options.</summary>
    public const int MaxHeaderLength = 192;
    private const int MaxFrames = 48;
    private const int ChecksumField = 16;
    private const int SmallestWorthJoining = 256;

    /// <summary>How many frames from the first on are one run; 1 if the first stands alone.</summary>
    public static int Measure(ReadOnlySpan<FrameBuffer> frames, out FrameLayout layout)
    {
        layout = default;
        if (frames.Length < 2 || frames[0].Length < SmallestWorthJoining || frames[1].Length > frames[0].Length)
        {
            return 1;
        }

        ReadOnlySpan<byte> first = frames[0].Bytes;
        if (!first[..12].SequenceEqual(frames[1].Bytes[..Math.Min(12, frames[1].Length)])
            || FrameLayout.Parse(first, out layout) != FrameMalformation.None
            || !CanStart(first, layout))
        {
            return 1;
        }

        int payload = first.Length - layout.PayloadOffset;
        int total = payload;
        int count = 1;
        bool isOpen = true;
        while (isOpen && count < frames.Length && count < MaxFrames)
        {
            ReadOnlySpan<byte> next = frames[count].Bytes;
            int length = next.Length - layout.PayloadOffset;
            if (length <= 0 || length > payload || layout.PayloadOffset - layout.NetworkOffset + total + length > ushort.MaxValue
                || !Continues(first, next, layout, total, count))
            {
                break;
            }

            isOpen = length == payload && (Flags(next, layout) & TcpFlags.Psh) == 0;
            total += length;
            count++;
        }

        return count;
    }

    /// <summary>Writes the headers of the super-frame and says in the virtio header what the kernel shall do with it.</summary>
    public static void WriteHeaders(ReadOnlySpan<FrameBuffer> run, in FrameLayout layout, byte* target, out VirtioHeader virtio)
    {
        ReadOnlySpan<byte> first = run[0].Bytes;
        var headers = new Span<byte>(target, layout.PayloadOffset);
        first[..layout.PayloadOffset].CopyTo(headers);
        int payload = 0;
        foreach (var frame in run)
        {
            payload += frame.Length - layout.PayloadOffset;
        }

        int transportLength = layout.PayloadOffset - layout.TransportOffset + payload;
        var ip = headers[layout.NetworkOffset..];
        ReadOnlySpan<byte> addresses;
        if (layout.IsIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(layout.TransportOffset - layout.NetworkOffset + transportLength));
            ip[10] = 0;
            ip[11] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Of(ip[..(layout.TransportOffset - layout.NetworkOffset)]));
            addresses = ip.Slice(12, 8);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(layout.TransportOffset - layout.NetworkOffset - Ipv6View.HeaderLength + transportLength));
            addresses = ip.Slice(8, 32);
        }

        var tcp = headers[layout.TransportOffset..];
        tcp[13] |= (byte)(Flags(run[^1].Bytes, layout) & TcpFlags.Psh);
        ushort pseudo = InternetChecksum.Fold(PseudoHeader.Sum(addresses, IpProtocol.Tcp, transportLength));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[ChecksumField..], pseudo);
        virtio = new VirtioHeader
        {
            Flags = VirtioHeader.NeedsChecksum,
            Kind = layout.IsIpv4 ? VirtioHeader.SegmentsTcpV4 : VirtioHeader.SegmentsTcpV6,
            HeaderLength = layout.PayloadOffset,
            SegmentSize = (ushort)(first.Length - layout.PayloadOffset),
            ChecksumStart = layout.TransportOffset,
            ChecksumOffset = ChecksumField,
        };
    }

    private static bool CanStart(ReadOnlySpan<byte> frame, in FrameLayout layout) =>
        layout.IsIp
        && layout.Protocol == IpProtocol.Tcp
        && !layout.IsFragment
        && layout.FragmentHeaderOffset == 0
        && layout.PayloadOffset <= MaxHeaderLength
        && layout.NetworkEnd == frame.Length // padding would end up amid the data
        && layout.PayloadOffset < frame.Length
        && Flags(frame, layout) == TcpFlags.Ack
        && TransportChecksum.IsValid(frame, layout);

    private static bool Continues(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, in FrameLayout layout, int done, int index)
    {
        int network = layout.NetworkOffset;
        int transport = layout.TransportOffset;
        return next[..network].SequenceEqual(first[..network])
            && (layout.IsIpv4 ? IsSameIpv4(first[network..transport], next[network..transport], next.Length - network, index)
                : IsSameIpv6(first[network..transport], next[network..transport], next.Length - network))
            && IsSameTcp(first[transport..layout.PayloadOffset], next[transport..layout.PayloadOffset], done)
            && TransportChecksum.IsValid(next, layout.EndingAt(next.Length));
    }

    private static bool IsSameIpv4(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, int length, int index)
    {
        bool dontFragment = (first[6] & 0x40) != 0; // then nobody reads the id (RFC 6864, section 4.1)
        ushort id = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(first[4..]) + index);
        return first[..2].SequenceEqual(next[..2])
            && BinaryPrimitives.ReadUInt16BigEndian(next[2..]) == length
            && (dontFragment || BinaryPrimitives.ReadUInt16BigEndian(next[4..]) == id)
            && first[6..10].SequenceEqual(next[6..10])
            && first[12..].SequenceEqual(next[12..])
            && InternetChecksum.IsValid(next);
    }

    private static bool IsSameIpv6(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, int length)
        => first[..4].SequenceEqual(next[..4])
            && BinaryPrimitives.ReadUInt16BigEndian(next[4..]) == length - Ipv6View.HeaderLength
            && first[6..].SequenceEqual(next[6..]);

    private static bool IsSameTcp(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, int done)
        => first[..4].SequenceEqual(next[..4])
            && BinaryPrimitives.ReadUInt32BigEndian(next[4..]) == BinaryPrimitives.ReadUInt32BigEndian(first[4..]) + (uint)done
            && first[8..13].SequenceEqual(next[8..13])
            && ((TcpFlags)next[13] & ~TcpFlags.Psh) == TcpFlags.Ack
            && first[14..16].SequenceEqual(next[14..16])
            && first[18..].SequenceEqual(next[18..]);

    private static TcpFlags Flags(ReadOnlySpan<byte> frame, in FrameLayout layout) => (TcpFlags)frame[layout.TransportOffset + 13];
}
