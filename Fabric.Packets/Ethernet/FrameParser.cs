using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Ethernet;

/// <summary>The one pass over a frame that finds its layout, or what is wrong with it.</summary>
internal static class FrameParser
{
    /// <summary>Reads a whole Ethernet frame. Never throws, never allocates.</summary>
    public static FrameMalformation ParseFrame(ReadOnlySpan<byte> frame, out FrameLayout layout)
    {
        layout = default;
        if (frame.Length < EthernetView.HeaderLength)
        {
            return FrameMalformation.TooShort;
        }

        if (frame.Length > ushort.MaxValue)
        {
            return FrameMalformation.TooLong;
        }

        int offset = EthernetView.HeaderLength;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        byte tags = 0;
        ushort outer = 0;
        ushort inner = 0;
        while (tags < 2 && type is (ushort)EtherType.Vlan or (ushort)EtherType.ServiceVlan)
        {
            if (frame.Length < offset + VlanView.TagLength)
            {
                return FrameMalformation.TruncatedVlanTag;
            }

            ushort control = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
            (outer, inner) = tags == 0 ? (control, (ushort)0) : (outer, control);
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += VlanView.TagLength;
            tags++;
        }

        layout = new FrameLayout
        {
            EtherType = type < 0x0600 ? EtherType.None : (EtherType)type,
            TagCount = tags,
            OuterTag = new VlanTag(outer),
            InnerTag = new VlanTag(inner),
            NetworkOffset = (ushort)offset,
            NetworkEnd = (ushort)frame.Length,
            TransportOffset = (ushort)frame.Length,
            PayloadOffset = (ushort)frame.Length,
        };
        return (EtherType)type switch
        {
            EtherType.Ipv4 => ParseIpv4(frame, ref layout),
            EtherType.Ipv6 => ParseIpv6(frame, ref layout),
            EtherType.Arp => ParseArp(frame, ref layout),
            _ => FrameMalformation.None,
        };
    }

    /// <summary>Reads a packet that starts with its IP header. Never throws, never allocates.</summary>
    public static FrameMalformation ParsePacket(ReadOnlySpan<byte> packet, out FrameLayout layout)
    {
        layout = default;
        if (packet.IsEmpty)
        {
            return FrameMalformation.TruncatedIpHeader;
        }

        if (packet.Length > ushort.MaxValue)
        {
            return FrameMalformation.TooLong;
        }

        switch (packet[0] >> 4)
        {
            case 4:
                layout = new FrameLayout { EtherType = EtherType.Ipv4 };
                return ParseIpv4(packet, ref layout);
            case 6:
                layout = new FrameLayout { EtherType = EtherType.Ipv6 };
                return ParseIpv6(packet, ref layout);
            default:
                return FrameMalformation.BadIpVersion;
        }
    }

    private static FrameMalformation ParseArp(ReadOnlySpan<byte> frame, ref FrameLayout layout)
    {
        if (!ArpView.TryParse(frame[layout.NetworkOffset..], out _))
        {
            return FrameMalformation.BadArp;
        }

        ushort end = (ushort)(layout.NetworkOffset + ArpView.PacketLength);
        layout = layout with { NetworkEnd = end, TransportOffset = end, PayloadOffset = end };
        return FrameMalformation.None;
    }

    // Every packet of the data path comes here: the layout is made once, from what stands in registers.
    private static FrameMalformation ParseIpv4(ReadOnlySpan<byte> frame, ref FrameLayout layout)
    {
        int network = layout.NetworkOffset;
        var packet = frame[network..];
        if (packet.Length < Ipv4View.MinimumHeaderLength)
        {
            return FrameMalformation.TruncatedIpHeader;
        }

        if (packet[0] >> 4 != 4)
        {
            return FrameMalformation.BadIpVersion;
        }

        int headerLength = (packet[0] & 0xF) * 4;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (headerLength < Ipv4View.MinimumHeaderLength || headerLength > packet.Length)
        {
            return FrameMalformation.BadIpHeaderLength;
        }

        if (totalLength < headerLength || totalLength > packet.Length)
        {
            return FrameMalformation.BadIpTotalLength;
        }

        bool isSummed = headerLength == Ipv4View.MinimumHeaderLength
            ? InternetChecksum.IsValidIpv4Header(packet)
            : InternetChecksum.IsValid(packet[..headerLength]);
        if (!isSummed)
        {
            return FrameMalformation.BadIpChecksum;
        }

        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        bool hasMore = (fragment & 0x2000) != 0;
        int fragmentOffset = (fragment & 0x1FFF) * 8;
        if ((fragment & 0x3FFF) != 0 && !IsLegalFragment(hasMore, fragmentOffset, totalLength - headerLength, headerLength))
        {
            return FrameMalformation.BadFragment;
        }

        var protocol = (IpProtocol)packet[9];
        int transportLength = fragmentOffset > 0
            ? 0
            : TransportHeaderLength(protocol, packet[headerLength..totalLength], isFirstFragment: hasMore);
        if (transportLength < 0)
        {
            return FrameMalformation.BadTransportLength;
        }

        layout = layout with
        {
            NetworkEnd = (ushort)(network + totalLength),
            TransportOffset = (ushort)(network + headerLength),
            PayloadOffset = (ushort)(network + headerLength + transportLength),
            Protocol = protocol,
            IsFragment = hasMore || fragmentOffset > 0,
            IsLaterFragment = fragmentOffset > 0,
        };
        return FrameMalformation.None;
    }

    private static FrameMalformation ParseIpv6(ReadOnlySpan<byte> frame, ref FrameLayout layout)
    {
        var packet = frame[layout.NetworkOffset..];
        if (packet.Length < Ipv6View.HeaderLength)
        {
            return FrameMalformation.TruncatedIpHeader;
        }

        if (packet[0] >> 4 != 6)
        {
            return FrameMalformation.BadIpVersion;
        }

        if (!Ipv6View.TryParse(packet, out var ipv6))
        {
            return FrameMalformation.BadIpTotalLength;
        }

        if (!Ipv6Extensions.TryWalk(ipv6.NextHeader, ipv6.Payload, out var extensions))
        {
            return FrameMalformation.BadExtensionHeaders;
        }

        var fragment = extensions.Fragment;
        int transport = layout.NetworkOffset + Ipv6View.HeaderLength + extensions.Length;
        int end = layout.NetworkOffset + Ipv6View.HeaderLength + ipv6.PayloadLength;
        if (extensions.HasFragment && !IsLegalFragment(fragment.MoreFragments, fragment.Offset, end - transport, 0))
        {
            return FrameMalformation.BadFragment;
        }

        layout = layout with
        {
            NetworkEnd = (ushort)end,
            TransportOffset = (ushort)transport,
            Protocol = extensions.Protocol,
            IsFragment = extensions.HasFragment && !fragment.IsAtomic,
            IsLaterFragment = extensions.IsLaterFragment,
            FragmentHeaderOffset = extensions.HasFragment
                ? (ushort)(layout.NetworkOffset + Ipv6View.HeaderLength + extensions.FragmentHeaderOffset)
                : (ushort)0,
        };
        return ParseTransport(frame, ref layout);
    }

    private static bool IsLegalFragment(bool hasMore, int offset, int length, int headerLength)
        => (!hasMore || (length > 0 && length % 8 == 0)) && headerLength + offset + length <= ushort.MaxValue;

    private static FrameMalformation ParseTransport(ReadOnlySpan<byte> frame, ref FrameLayout layout)
    {
        var transport = frame[layout.TransportOffset..layout.NetworkEnd];
        int headerLength = 0;
        if (!layout.IsLaterFragment)
        {
            headerLength = TransportHeaderLength(layout.Protocol, transport, layout.IsFragment);
            if (headerLength < 0)
            {
                return FrameMalformation.BadTransportLength;
            }
        }

        layout = layout with { PayloadOffset = (ushort)(layout.TransportOffset + headerLength) };
        return FrameMalformation.None;
    }

    /// <summary>-1 if it does not hold together; 0 for a protocol that is not looked into.</summary>
    private static int TransportHeaderLength(IpProtocol protocol, ReadOnlySpan<byte> transport, bool isFirstFragment)
    {
        switch (protocol)
        {
            case IpProtocol.Tcp:
                return TcpView.TryParse(transport, out var tcp) ? tcp.HeaderLength : -1;
            case IpProtocol.Udp:
                if (transport.Length < UdpView.HeaderLength)
                {
                    return -1;
                }

                int length = BinaryPrimitives.ReadUInt16BigEndian(transport[4..]);
                bool isLegal = length >= UdpView.HeaderLength && (isFirstFragment || length <= transport.Length);
                return isLegal ? UdpView.HeaderLength : -1;
            case IpProtocol.Sctp:
                return transport.Length >= SctpView.HeaderLength ? SctpView.HeaderLength : -1;
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                return transport.Length >= IcmpView.HeaderLength ? IcmpView.HeaderLength : -1;
            default:
                return 0;
        }
    }
}
