using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.NodeOvs.Datapath.Fields;

/// <summary>From a frame to its fields. Nothing here allocates.</summary>
internal static class FieldExtractor
{
    private const ulong Fragment = 1;
    private const ulong LaterFragment = 2;

    /// <summary>
    /// Fills the words that a packet brings; those of its passage are left alone. A frame whose IP does not hold together keeps its Ethernet
    /// fields only, as in Open vSwitch.
    /// </summary>
    public static void Extract(ReadOnlySpan<byte> frame, in FrameLayout layout, bool isWhole, ref PacketFields fields)
    {
        ulong tci = layout.IsTagged ? (layout.OuterTag.Control | (ulong)PacketFields.VlanPresent) : 0;
        fields[PacketFields.EthDstAndTci] = (BinaryPrimitives.ReadUInt64BigEndian(frame) & 0xFFFF_FFFF_FFFF_0000) | tci;
        ulong source = (ulong)BinaryPrimitives.ReadUInt32BigEndian(frame[6..]) << 32 | (ulong)BinaryPrimitives.ReadUInt16BigEndian(frame[10..]) << 16;
        fields[PacketFields.EthSrcAndType] = source | (ushort)layout.EtherType;
        for (int word = PacketFields.IpSource; word < PacketFields.KeyWords; word++)
        {
            fields[word] = 0;
        }

        if (!isWhole)
        {
            return;
        }

        if (layout.IsIpv4)
        {
            var ip = frame[layout.NetworkOffset..];
            fields[PacketFields.IpSource + 1] = BinaryPrimitives.ReadUInt32BigEndian(ip[12..]);
            fields[PacketFields.IpDestination + 1] = BinaryPrimitives.ReadUInt32BigEndian(ip[16..]);
            Internet(frame, layout, ip[1], ip[8], 0, ref fields);
        }
        else if (layout.IsIpv6)
        {
            var ip = frame[layout.NetworkOffset..];
            fields[PacketFields.IpSource] = BinaryPrimitives.ReadUInt64BigEndian(ip[8..]);
            fields[PacketFields.IpSource + 1] = BinaryPrimitives.ReadUInt64BigEndian(ip[16..]);
            fields[PacketFields.IpDestination] = BinaryPrimitives.ReadUInt64BigEndian(ip[24..]);
            fields[PacketFields.IpDestination + 1] = BinaryPrimitives.ReadUInt64BigEndian(ip[32..]);
            uint first = BinaryPrimitives.ReadUInt32BigEndian(ip);
            Internet(frame, layout, (byte)(first >> 20), ip[7], first & 0xFFFFF, ref fields);
        }
        else if (layout.IsArp)
        {
            Arp(frame[layout.NetworkOffset..], ref fields);
        }
    }

    private static void Internet(ReadOnlySpan<byte> frame, in FrameLayout layout, byte tos, byte ttl, uint label, ref PacketFields fields)
    {
        ulong frag = layout.IsLaterFragment ? Fragment | LaterFragment : layout.IsFragment ? Fragment : 0;
        fields[PacketFields.ProtoTosTtlFragLabel] = ((ulong)layout.Protocol << 56) | ((ulong)tos << 48) | ((ulong)ttl << 40) | (frag << 32) | label;
        if (layout.IsLaterFragment)
        {
            return;
        }

        var transport = frame[layout.TransportOffset..];
        switch (layout.Protocol)
        {
            case IpProtocol.Tcp:
                ulong flags = (ulong)(BinaryPrimitives.ReadUInt16BigEndian(transport[12..]) & 0xFFF);
                fields[PacketFields.PortsFlagsArpOp] = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(transport) << 32) | (flags << 16);
                break;
            case IpProtocol.Udp or IpProtocol.Sctp:
                fields[PacketFields.PortsFlagsArpOp] = (ulong)BinaryPrimitives.ReadUInt32BigEndian(transport) << 32;
                break;
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                fields[PacketFields.PortsFlagsArpOp] = ((ulong)transport[0] << 48) | ((ulong)transport[1] << 32);
                if (layout.Protocol == IpProtocol.IcmpV6)
                {
                    Neighbor(transport[..(layout.NetworkEnd - layout.TransportOffset)], ref fields);
                }

                break;
            default:
                break;
        }
    }

    private static void Arp(ReadOnlySpan<byte> packet, ref PacketFields fields)
    {
        fields[PacketFields.PortsFlagsArpOp] = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        fields[PacketFields.Sha] = Mac(packet[8..]);
        fields[PacketFields.IpSource + 1] = BinaryPrimitives.ReadUInt32BigEndian(packet[14..]);
        fields[PacketFields.Tha] = Mac(packet[18..]);
        fields[PacketFields.IpDestination + 1] = BinaryPrimitives.ReadUInt32BigEndian(packet[24..]);
    }

    private static void Neighbor(ReadOnlySpan<byte> icmp, ref PacketFields fields)
    {
        if (!NeighborDiscoveryView.TryParse(icmp, out var neighbor))
        {
            return;
        }

        var target = neighbor.Target.Bits;
        fields[PacketFields.NdTarget] = (ulong)(target >> 64);
        fields[PacketFields.NdTarget + 1] = (ulong)target;
        if (neighbor.TryGetLinkAddress(out var mac))
        {
            fields[neighbor.Type == IcmpV6Type.NeighborAdvertisement ? PacketFields.Tha : PacketFields.Sha] = mac.Value;
        }
    }

    private static ulong Mac(ReadOnlySpan<byte> bytes) => (ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
}
