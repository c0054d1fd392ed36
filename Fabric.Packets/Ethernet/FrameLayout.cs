using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>
/// Where everything stands in one frame, found in one pass and computed once per frame. Offsets count from the frame's first byte.
/// A layout is only made of a frame whose headers hold together, so that its readers need no checks of their own.
/// </summary>
public readonly record struct FrameLayout
{
    /// <summary>Of what follows the VLAN tags; None for an IEEE 802.2 frame.</summary>
    public EtherType EtherType { get; internal init; }

    /// <summary>VLAN tags in front, two at most; a third is payload.</summary>
    public byte TagCount { get; internal init; }

    /// <summary>The first tag on the wire, if there is one.</summary>
    public VlanTag OuterTag { get; internal init; }

    /// <summary>The second tag on the wire, if there are two.</summary>
    public VlanTag InnerTag { get; internal init; }

    /// <summary>Where the network header (IP, ARP) starts: the end of Ethernet and its tags.</summary>
    public ushort NetworkOffset { get; internal init; }

    /// <summary>Where the IP or ARP packet ends; Ethernet padding may follow.</summary>
    public ushort NetworkEnd { get; internal init; }

    /// <summary>Where the header behind IP and its options or extensions starts; NetworkEnd for other frames.</summary>
    public ushort TransportOffset { get; internal init; }

    /// <summary>What follows the transport header, as far as the protocol is known: TCP, UDP, SCTP, ICMP, ICMPv6.</summary>
    public ushort PayloadOffset { get; internal init; }

    /// <summary>The transport; of IPv6 the first header that is no extension.</summary>
    public IpProtocol Protocol { get; internal init; }

    /// <summary>A part of a larger IP packet. IPv6 atomic fragments (RFC 6946) are none.</summary>
    public bool IsFragment { get; internal init; }

    /// <summary>A fragment other than the first: there is no transport header at <see cref="TransportOffset"/>.</summary>
    public bool IsLaterFragment { get; internal init; }

    /// <summary>Where the IPv6 fragment header stands; 0 if there is none.</summary>
    public ushort FragmentHeaderOffset { get; internal init; }

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
    public static FrameMalformation Parse(ReadOnlySpan<byte> frame, out FrameLayout layout) => FrameParser.ParseFrame(frame, out layout);

    /// <summary>Reads a packet that starts with its IP header. Never throws, never allocates.</summary>
    public static FrameMalformation ParsePacket(ReadOnlySpan<byte> packet, out FrameLayout layout) => FrameParser.ParsePacket(packet, out layout);

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
