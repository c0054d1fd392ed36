using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// What REJECT answers the sender: TCP a RST, all else ICMP "administratively prohibited" (reference: nsx-dataplane.md, 4.5). Nothing
/// for a RST, an ICMP error, a fragment without its head, or anything that was not sent from one station to one other.
/// </summary>
internal static class RejectReply
{
    private const byte AdministrativelyProhibited = 13; // RFC 1812, section 5.2.7.1
    private const byte AdministrativelyProhibitedV6 = 1; // RFC 4443, section 3.1
    private const int LongestQuote = 548; // RFC 1812, section 4.3.2.3: the answer stays within 576 bytes
    private const int LongestQuoteV6 = 1_232; // RFC 4443, section 2.4: within IPv6's least MTU

    /// <summary>Writes the whole answering frame. False: none is due.</summary>
    public static bool TryBuild(ReadOnlySpan<byte> frame, in FrameLayout layout, FrameBuffer reply)
    {
        if (!layout.IsIp || layout.IsLaterFragment || !IsBetweenStations(frame, layout))
        {
            return false;
        }

        if (layout.Protocol == IpProtocol.Tcp)
        {
            return TryBuildReset(frame, layout, reply);
        }

        return !IsIcmpError(frame, layout) && TryBuildUnreachable(frame, layout, reply);
    }

    private static bool TryBuildReset(ReadOnlySpan<byte> frame, in FrameLayout layout, FrameBuffer reply)
    {
        if (!TcpView.TryParse(layout.Transport(frame), out var tcp) || (tcp.Flags & TcpFlags.Rst) != 0)
        {
            return false;
        }

        // RFC 9293, section 3.5.2: what was acknowledged is taken up; what was not is acknowledged.
        bool hasAck = (tcp.Flags & TcpFlags.Ack) != 0;
        var reset = new TcpHeader(
            tcp.DestinationPort,
            tcp.SourcePort,
            hasAck ? tcp.Acknowledgment : 0,
            hasAck ? 0 : tcp.Sequence + (uint)tcp.SequenceLength,
            hasAck ? TcpFlags.Rst : TcpFlags.Rst | TcpFlags.Ack)
        { Window = 0 };
        reset.Write(Begin(frame, layout, reply, IpProtocol.Tcp, reset.Length));
        return Finish(reply);
    }

    private static bool TryBuildUnreachable(ReadOnlySpan<byte> frame, in FrameLayout layout, FrameBuffer reply)
    {
        var packet = layout.Network(frame);
        var quote = packet[..Math.Min(packet.Length, layout.IsIpv4 ? LongestQuote : LongestQuoteV6)];
        var header = layout.IsIpv4
            ? new IcmpHeader(IcmpType.DestinationUnreachable, AdministrativelyProhibited)
            : new IcmpHeader(IcmpV6Type.DestinationUnreachable, AdministrativelyProhibitedV6);
        var message = Begin(
            frame, layout, reply, layout.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, IcmpHeader.Length + quote.Length);
        header.Write(message);
        quote.CopyTo(message[IcmpHeader.Length..]);
        return Finish(reply);
    }

    /// <summary>Writes Ethernet, its tags and IP with the addresses turned; gives back the room behind.</summary>
    private static Span<byte> Begin(ReadOnlySpan<byte> frame, in FrameLayout layout, FrameBuffer reply, IpProtocol protocol, int length)
    {
        int ipLength = layout.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6Header.Length;
        var bytes = reply.Reset();
        reply.SetLength(layout.NetworkOffset + ipLength + length);
        frame[..layout.NetworkOffset].CopyTo(bytes); // a guest's own tag goes back as it came
        EthernetEdits.ReplaceMacs(bytes, destination: MacAddress.Read(frame[6..]), source: MacAddress.Read(frame));
        var ip = bytes[layout.NetworkOffset..];
        if (layout.IsIpv4)
        {
            new Ipv4Header(layout.Destination(frame), layout.Source(frame), protocol, length) { DontFragment = true }.Write(ip);
        }
        else
        {
            new Ipv6Header(layout.Destination(frame), layout.Source(frame), protocol, length).Write(ip);
        }

        return ip.Slice(ipLength, length);
    }

    private static bool Finish(FrameBuffer reply)
    {
        bool isWhole = FrameLayout.Parse(reply.Bytes, out var layout) == FrameMalformation.None;
        if (isWhole)
        {
            TransportChecksum.Fill(reply.Bytes, layout);
        }

        return isWhole;
    }

    private static bool IsBetweenStations(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        var source = layout.Source(frame);
        var destination = layout.Destination(frame);
        return !MacAddress.Read(frame).IsGroup
            && !destination.IsMulticast
            && destination != IpAddress.FromIpv4(uint.MaxValue)
            && !source.IsUnspecified
            && !source.IsMulticast;
    }

    private static bool IsIcmpError(ReadOnlySpan<byte> frame, in FrameLayout layout)
        => layout.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6
            && (!IcmpView.TryParse(layout.Transport(frame), out var icmp)
                || (layout.Protocol == IpProtocol.Icmp ? icmp.IsError : icmp.IsErrorV6));
}
