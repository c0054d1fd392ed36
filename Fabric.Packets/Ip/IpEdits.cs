using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Ip;

/// <summary>Changes to the IP header of a frame in place, each mending the checksums it disturbs. The layout is that frame's.</summary>
public static class IpEdits
{
    /// <summary>One less TTL or hop limit; the caller has seen to it that it was above one.</summary>
    public static void DecrementTimeToLive(Span<byte> frame, in FrameLayout layout)
    {
        var packet = frame[layout.NetworkOffset..];
        if (!layout.IsIpv4)
        {
            packet[7]--;
            return;
        }

        ushort before = BinaryPrimitives.ReadUInt16BigEndian(packet[8..]);
        packet[8]--;
        MendHeader(packet, before, BinaryPrimitives.ReadUInt16BigEndian(packet[8..]));
    }

    public static void SetDscp(Span<byte> frame, in FrameLayout layout, int dscp)
    {
        var packet = frame[layout.NetworkOffset..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(packet);
        ushort after = layout.IsIpv4
            ? (ushort)((before & 0xFF03) | (dscp << 2))
            : (ushort)((before & 0xF03F) | (dscp << 6));
        BinaryPrimitives.WriteUInt16BigEndian(packet, after);
        if (layout.IsIpv4)
        {
            MendHeader(packet, before, after);
        }
    }

    public static void SetSource(Span<byte> frame, in FrameLayout layout, IpAddress address)
        => SetAddress(frame, layout, layout.IsIpv4 ? 12 : 8, address);

    public static void SetDestination(Span<byte> frame, in FrameLayout layout, IpAddress address)
        => SetAddress(frame, layout, layout.IsIpv4 ? 16 : 24, address);

    private static void SetAddress(Span<byte> frame, in FrameLayout layout, int at, IpAddress address)
    {
        var field = frame[(layout.NetworkOffset + at)..];
        var before = layout.IsIpv4 ? IpAddress.ReadIpv4(field) : IpAddress.ReadIpv6(field);
        address.Write(field);
        if (layout.IsIpv4)
        {
            var checksum = frame[(layout.NetworkOffset + 10)..];
            ushort mended = IncrementalChecksum.Replace32(BinaryPrimitives.ReadUInt16BigEndian(checksum), before.Ipv4, address.Ipv4);
            BinaryPrimitives.WriteUInt16BigEndian(checksum, mended);
        }

        TransportChecksum.MendAddress(frame, layout, before, address);
    }

    private static void MendHeader(Span<byte> packet, ushort before, ushort after)
    {
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], IncrementalChecksum.Replace16(checksum, before, after));
    }
}
