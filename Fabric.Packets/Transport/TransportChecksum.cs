using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;

namespace Fabric.Packets.Transport;

/// <summary>
/// The checksum of TCP, UDP, ICMP, ICMPv6 and SCTP within a frame whose layout is known. Fragments have theirs only in the whole
/// packet, other protocols have none: for both, filling does nothing and verifying answers true.
/// </summary>
public static class TransportChecksum
{
    /// <summary>Computes it over the packet as it stands and writes it.</summary>
    public static void Fill(Span<byte> frame, in FrameLayout layout)
    {
        int at = FieldOffset(layout);
        if (at < 0)
        {
            return;
        }

        var segment = frame.Slice(layout.TransportOffset, SegmentLength(frame, layout));
        if (layout.Protocol == IpProtocol.Sctp)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(segment[at..], Crc32c.OfSctp(segment));
            return;
        }

        segment[at] = 0;
        segment[at + 1] = 0;
        ushort checksum = InternetChecksum.Finish(InternetChecksum.Add(PseudoSum(frame, layout, segment.Length), segment));
        if (checksum == 0 && layout.Protocol == IpProtocol.Udp)
        {
            checksum = 0xFFFF; // zero on the wire would say "none" (RFC 768)
        }

        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], checksum);
    }

    /// <summary>Fills in a packet that starts with its IP header. Answers false for one that does not parse.</summary>
    public static bool Fill(Span<byte> packet)
    {
        if (FrameLayout.ParsePacket(packet, out var layout) != FrameMalformation.None)
        {
            return false;
        }

        Fill(packet, layout);
        return true;
    }

    /// <summary>True if it adds up. UDP over IPv4 without one counts as right (RFC 768), over IPv6 as wrong (RFC 8200, section 8.1).</summary>
    public static bool IsValid(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        int at = FieldOffset(layout);
        if (at < 0)
        {
            return true;
        }

        var segment = frame.Slice(layout.TransportOffset, SegmentLength(frame, layout));
        if (layout.Protocol == IpProtocol.Sctp)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(segment[at..]) == Crc32c.OfSctp(segment);
        }

        if (layout.Protocol == IpProtocol.Udp && segment[at] == 0 && segment[at + 1] == 0)
        {
            return layout.IsIpv4;
        }

        return InternetChecksum.Finish(InternetChecksum.Add(PseudoSum(frame, layout, segment.Length), segment)) == 0;
    }

    /// <summary>Mends it for an address that changed in the pseudo header.</summary>
    internal static void MendAddress(Span<byte> frame, in FrameLayout layout, IpAddress before, IpAddress after)
    {
        int at = FieldOffset(layout, isFirstFragmentToo: true);
        if (at < 0 || !UsesPseudoHeader(layout.Protocol))
        {
            return;
        }

        var field = frame[(layout.TransportOffset + at)..];
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        Write(field, layout.Protocol, checksum, IncrementalChecksum.ReplaceAddress(checksum, before, after));
    }

    /// <summary>Mends it for a 16-bit field of the transport header that changed.</summary>
    internal static void MendField(Span<byte> frame, in FrameLayout layout, ushort before, ushort after)
    {
        int at = FieldOffset(layout, isFirstFragmentToo: true);
        if (at < 0)
        {
            return;
        }

        if (layout.Protocol == IpProtocol.Sctp)
        {
            Fill(frame, layout); // a CRC has no such short cut
            return;
        }

        var field = frame[(layout.TransportOffset + at)..];
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        Write(field, layout.Protocol, checksum, IncrementalChecksum.Replace16(checksum, before, after));
    }

    private static void Write(Span<byte> field, IpProtocol protocol, ushort before, ushort after)
    {
        if (protocol == IpProtocol.Udp)
        {
            if (before == 0)
            {
                return; // none was made, none is needed
            }

            after = after == 0 ? (ushort)0xFFFF : after;
        }

        BinaryPrimitives.WriteUInt16BigEndian(field, after);
    }

    /// <summary>UDP says itself how long it is; the others fill their packet.</summary>
    private static int SegmentLength(ReadOnlySpan<byte> frame, in FrameLayout layout) => layout.Protocol == IpProtocol.Udp
        ? BinaryPrimitives.ReadUInt16BigEndian(frame[(layout.TransportOffset + 4)..])
        : layout.TransportLength;

    private static ulong PseudoSum(ReadOnlySpan<byte> frame, in FrameLayout layout, int length)
    {
        if (!UsesPseudoHeader(layout.Protocol))
        {
            return 0;
        }

        var addresses = layout.IsIpv4 ? frame.Slice(layout.NetworkOffset + 12, 8) : frame.Slice(layout.NetworkOffset + 8, 32);
        return PseudoHeader.Sum(addresses, layout.Protocol, length);
    }

    private static bool UsesPseudoHeader(IpProtocol protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.IcmpV6;

    /// <summary>Within the transport header; -1 if there is none to speak of.</summary>
    private static int FieldOffset(in FrameLayout layout, bool isFirstFragmentToo = false)
    {
        if (!layout.IsIp || layout.IsLaterFragment || (layout.IsFragment && !isFirstFragmentToo))
        {
            return -1;
        }

        return layout.Protocol switch
        {
            IpProtocol.Tcp => 16,
            IpProtocol.Udp => 6,
            IpProtocol.Icmp or IpProtocol.IcmpV6 => 2,
            IpProtocol.Sctp => 8,
            _ => -1,
        };
    }
}
