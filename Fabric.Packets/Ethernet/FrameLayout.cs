using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Ethernet;

/// <summary>
/// Where everything stands in one frame, found in one pass and computed once per frame. Offsets count from the frame's first byte.
/// A layout is only made of a frame whose headers hold together, so that its readers need no checks of their own.
/// </summary>
public readonly record struct FrameLayout
{
    /// <summary>Of what follows the VLAN tags; None for an IEEE 802.2 frame.</summary>
    public EtherType EtherType { get; private init; }

    /// <summary>VLAN tags in front, two at most; a third is payload.</summary>
    public byte TagCount { get; private init; }

    /// <summary>The first tag on the wire, if there is one.</summary>
    public VlanTag OuterTag { get; private init; }

    /// <summary>The second tag on the wire, if there are two.</summary>
    public VlanTag InnerTag { get; private init; }

    /// <summary>Where the network header (IP, ARP) starts: the end of Ethernet and its tags.</summary>
    public ushort NetworkOffset { get; private init; }

    /// <summary>Where the IP or ARP packet ends; Ethernet padding may follow.</summary>
    public ushort NetworkEnd { get; private init; }

    /// <summary>Where the header behind IP and its options or extensions starts; NetworkEnd for other frames.</summary>
    public ushort TransportOffset { get; private init; }

    /// <summary>What follows the transport header, as far as the protocol is known: TCP, UDP, SCTP, ICMP, ICMPv6.</summary>
    public ushort PayloadOffset { get; private init; }

    /// <summary>The transport; of IPv6 the first header that is no extension.</summary>
    public IpProtocol Protocol { get; private init; }

    /// <summary>A part of a larger IP packet. IPv6 atomic fragments (RFC 6946) are none.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>A fragment other than the first: there is no transport header at <see cref="TransportOffset"/>.</summary>
    public bool IsLaterFragment { get; private init; }

    /// <summary>Where the IPv6 fragment header stands; 0 if there is none.</summary>
    public ushort FragmentHeaderOffset { get; private init; }

    public bool IsIpv4 => EtherType == EtherType.Ipv4;

    public bool IsIpv6 => EtherType == EtherType.Ipv6;

    public bool IsIp => IsIpv4 || IsIpv6;

    public bool IsArp => EtherType == EtherType.Arp;

    public bool IsTagged => TagCount > 0;

    /// <summary>TCP, UDP or SCTP with its header present: ports can be read.</summary>
    public bool HasPorts => IsIp && !IsLaterFragment && Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

    /// <summary>Length of the IP packet.</summary>
    public int NetworkLength => NetworkEnd - NetworkOffset;

    /// <summary>Length of everything behind the IP header.</summary>
    public int TransportLength => NetworkEnd - TransportOffset;

    /// <summary>Reads a whole Ethernet frame. Never throws, never allocates.</summary>
    public static FrameMalformation Parse(ReadOnlySpan<byte> frame, out FrameLayout layout)
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

    /// <summary>The same frame after its outermost tag was taken away by moving the start.</summary>
    public FrameLayout WithoutOuterTag() => MovedBy(-VlanView.TagLength) with
    {
        TagCount = (byte)(TagCount - 1),
        OuterTag = InnerTag,
        InnerTag = default,
    };

    /// <summary>The same frame after a tag was put in front of at most one other.</summary>
    public FrameLayout WithOuterTag(VlanTag tag) => MovedBy(VlanView.TagLength) with
    {
        TagCount = (byte)(TagCount + 1),
        OuterTag = tag,
        InnerTag = OuterTag,
    };

    /// <summary>The same headers with a payload that ends here.</summary>
    internal FrameLayout EndingAt(int end) => this with { NetworkEnd = (ushort)end };

    /// <summary>The IP source; the frame is IP.</summary>
    public IpAddress Source(ReadOnlySpan<byte> frame)
        => IsIpv4 ? IpAddress.ReadIpv4(frame[(NetworkOffset + 12)..]) : IpAddress.ReadIpv6(frame[(NetworkOffset + 8)..]);

    /// <summary>The IP destination; the frame is IP.</summary>
    public IpAddress Destination(ReadOnlySpan<byte> frame)
        => IsIpv4 ? IpAddress.ReadIpv4(frame[(NetworkOffset + 16)..]) : IpAddress.ReadIpv6(frame[(NetworkOffset + 24)..]);

    /// <summary>TTL or hop limit; the frame is IP.</summary>
    public byte TimeToLive(ReadOnlySpan<byte> frame) => frame[NetworkOffset + (IsIpv4 ? 8 : 7)];

    /// <summary>The source port; the frame has ports.</summary>
    public ushort SourcePort(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[TransportOffset..]);

    /// <summary>The destination port; the frame has ports.</summary>
    public ushort DestinationPort(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[(TransportOffset + 2)..]);

    /// <summary>What fragments of one packet share; the frame is a fragment.</summary>
    public uint FragmentId(ReadOnlySpan<byte> frame) => IsIpv4
        ? BinaryPrimitives.ReadUInt16BigEndian(frame[(NetworkOffset + 4)..])
        : BinaryPrimitives.ReadUInt32BigEndian(frame[(FragmentHeaderOffset + 4)..]);

    /// <summary>The IP or ARP packet, without Ethernet padding.</summary>
    public ReadOnlySpan<byte> Network(ReadOnlySpan<byte> frame) => frame[NetworkOffset..NetworkEnd];

    /// <summary>What stands behind IP, without Ethernet padding.</summary>
    public ReadOnlySpan<byte> Transport(ReadOnlySpan<byte> frame) => frame[TransportOffset..NetworkEnd];

    /// <summary>What stands behind the transport header.</summary>
    public ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> frame) => frame[PayloadOffset..NetworkEnd];

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

    private static FrameMalformation ParseIpv4(ReadOnlySpan<byte> frame, ref FrameLayout layout)
    {
        var packet = frame[layout.NetworkOffset..];
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

        if (!InternetChecksum.IsValid(packet[..headerLength]))
        {
            return FrameMalformation.BadIpChecksum;
        }

        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        bool hasMore = (fragment & 0x2000) != 0;
        int fragmentOffset = (fragment & 0x1FFF) * 8;
        if (!IsLegalFragment(hasMore, fragmentOffset, totalLength - headerLength, headerLength))
        {
            return FrameMalformation.BadFragment;
        }

        layout = layout with
        {
            NetworkEnd = (ushort)(layout.NetworkOffset + totalLength),
            TransportOffset = (ushort)(layout.NetworkOffset + headerLength),
            Protocol = (IpProtocol)packet[9],
            IsFragment = hasMore || fragmentOffset > 0,
            IsLaterFragment = fragmentOffset > 0,
        };
        return ParseTransport(frame, ref layout);
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

    /// <summary>The same packet with this many bytes in front.</summary>
    internal FrameLayout MovedBy(int by) => this with
    {
        NetworkOffset = (ushort)(NetworkOffset + by),
        NetworkEnd = (ushort)(NetworkEnd + by),
        TransportOffset = (ushort)(TransportOffset + by),
        PayloadOffset = (ushort)(PayloadOffset + by),
        FragmentHeaderOffset = (ushort)(FragmentHeaderOffset == 0 ? 0 : FragmentHeaderOffset + by),
    };
}
