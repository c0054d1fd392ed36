using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Routing;

/// <summary>The frames that the switch itself speaks: ARP, neighbor discovery, echo replies, ICMP errors.</summary>
internal static class HostFrames
{
    private const int MinimumFrame = 60; // Ethernet pads to this

    /// <summary>As much of the packet at fault as keeps an IPv4 error within 576 bytes (RFC 1812, section 4.3.2.3).</summary>
    private const int QuoteIpv4 = 576 - 20 - 8;

    /// <summary>As much as keeps an IPv6 error within the minimum MTU (RFC 4443, section 2.4).</summary>
    private const int QuoteIpv6 = 1280 - 40 - 8;

    public static void ArpReply(FrameBuffer to, MacAddress mac, IpAddress ip, MacAddress askerMac, IpAddress asker)
        => Arp(to, new EthernetHeader(askerMac, mac, EtherType.Arp), new ArpHeader(ArpOperation.Reply, mac, ip, askerMac, asker));

    public static void ArpRequest(FrameBuffer to, MacAddress mac, IpAddress ip, IpAddress target)
        => Arp(to, new EthernetHeader(MacAddress.Broadcast, mac, EtherType.Arp), new ArpHeader(ArpOperation.Request, mac, ip, default, target));

    /// <summary>Answers a solicitation; one without a sender's address is told to all nodes (RFC 4861, section 7.2.4).</summary>
    public static void NeighborAdvertisement(FrameBuffer to, MacAddress mac, IpAddress ip, MacAddress askerMac, IpAddress asker, bool isRouter)
    {
        var allNodes = new IpAddress(((UInt128)0xFF02 << 112) | 1);
        bool isProbe = asker.IsUnspecified;
        var message = NeighborHeader.Advertisement(ip, mac) with { IsRouter = isRouter, IsSolicited = !isProbe, IsOverride = true };
        Neighbor(
            to,
            new EthernetHeader(isProbe ? NeighborHeader.MulticastMac(allNodes) : askerMac, mac, EtherType.Ipv6),
            ip,
            isProbe ? allNodes : asker,
            message);
    }

    public static void NeighborSolicitation(FrameBuffer to, MacAddress mac, IpAddress ip, IpAddress target)
    {
        var group = NeighborHeader.SolicitedNodeAddress(target);
        Neighbor(
            to,
            new EthernetHeader(NeighborHeader.MulticastMac(group), mac, EtherType.Ipv6),
            ip,
            group,
            NeighborHeader.Solicitation(target, mac));
    }

    /// <summary>Turns an echo request round: same payload, addresses exchanged.</summary>
    public static void EchoReply(FrameBuffer to, ReadOnlySpan<byte> request, in FrameLayout layout)
    {
        var message = layout.Transport(request);
        var source = layout.Destination(request);
        var destination = layout.Source(request);
        byte type = layout.IsIpv4 ? (byte)IcmpType.EchoReply : (byte)IcmpV6Type.EchoReply;
        var bytes = Begin(to, new EthernetHeader(MacAddress.Read(request[6..]), MacAddress.Read(request), layout.EtherType), source, destination, message.Length);
        message.CopyTo(bytes);
        bytes[0] = type;
        Finish(to);
    }

    /// <summary>An ICMP error about a packet, to its sender.</summary>
    /// <param name="to">Where to write it.</param>
    /// <param name="at">The frame at fault, as it came from its sender.</param>
    /// <param name="layout">Of that frame.</param>
    /// <param name="from">The address that speaks.</param>
    /// <param name="fromMac">The MAC that speaks.</param>
    /// <param name="header">Type, code, and what the type says besides.</param>
    public static void IcmpError(FrameBuffer to, ReadOnlySpan<byte> at, in FrameLayout layout, IpAddress from, MacAddress fromMac, IcmpHeader header)
    {
        var packet = layout.Network(at);
        var quote = packet[..Math.Min(packet.Length, layout.IsIpv4 ? QuoteIpv4 : QuoteIpv6)];
        var ethernet = new EthernetHeader(MacAddress.Read(at[6..]), fromMac, layout.EtherType);
        var bytes = Begin(to, ethernet, from, layout.Source(at), IcmpHeader.Length + quote.Length);
        header.Write(bytes);
        quote.CopyTo(bytes[IcmpHeader.Length..]);
        Finish(to);
    }

    /// <summary>An error must not answer an error, a group, a later fragment or a nameless source (RFC 1122, section 3.2.2; RFC 4443, section 2.4).</summary>
    public static bool MayAnswerWithError(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        if (!layout.IsIp || layout.IsLaterFragment || (frame[0] & 1) != 0)
        {
            return false;
        }

        var source = layout.Source(frame);
        var destination = layout.Destination(frame);
        if (source.IsUnspecified || source.IsMulticast || destination.IsMulticast || (layout.IsIpv4 && destination.Ipv4 == uint.MaxValue))
        {
            return false;
        }

        return layout.Protocol switch
        {
            IpProtocol.Icmp => IcmpView.TryParse(layout.Transport(frame), out var icmp) && !icmp.IsError,
            IpProtocol.IcmpV6 => IcmpView.TryParse(layout.Transport(frame), out var icmp)
                && !icmp.IsErrorV6 && icmp.TypeV6 is < IcmpV6Type.RouterSolicitation or > IcmpV6Type.Redirect,
            _ => true,
        };
    }

    private static void Arp(FrameBuffer to, EthernetHeader ethernet, ArpHeader arp)
    {
        var bytes = to.Reset();
        bytes[..MinimumFrame].Clear();
        ethernet.Write(bytes);
        arp.Write(bytes[EthernetHeader.Length..]);
        to.SetLength(MinimumFrame);
    }

    private static void Neighbor(FrameBuffer to, EthernetHeader ethernet, IpAddress source, IpAddress destination, NeighborHeader message)
    {
        var bytes = Begin(to, ethernet, source, destination, message.Length, NeighborHeader.HopLimit);
        message.Write(bytes);
        Finish(to);
    }

    private static Span<byte> Begin(
        FrameBuffer to, EthernetHeader ethernet, IpAddress source, IpAddress destination, int length, byte timeToLive = Ipv4Header.DefaultTimeToLive)
    {
        var bytes = to.Reset();
        ethernet.Write(bytes);
        int header;
        if (source.IsIpv4)
        {
            new Ipv4Header(source, destination, IpProtocol.Icmp, length) { TimeToLive = timeToLive }.Write(bytes[EthernetHeader.Length..]);
            header = Ipv4View.MinimumHeaderLength;
        }
        else
        {
            new Ipv6Header(source, destination, IpProtocol.IcmpV6, length) { HopLimit = timeToLive }.Write(bytes[EthernetHeader.Length..]);
            header = Ipv6Header.Length;
        }

        to.SetLength(EthernetHeader.Length + header + length);
        return to.Bytes[(EthernetHeader.Length + header)..];
    }

    private static void Finish(FrameBuffer to)
    {
        FrameLayout.Parse(to.Bytes, out var layout);
        TransportChecksum.Fill(to.Bytes, layout);
    }
}
