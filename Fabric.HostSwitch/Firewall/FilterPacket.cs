using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Flows;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Firewall;

/// <summary>What the firewall reads of one frame whose layout holds together.</summary>
internal readonly struct FilterPacket
{
    private FilterPacket(in FrameLayout layout, ReadOnlySpan<byte> frame)
    {
        Source = layout.Source(frame);
        Destination = layout.Destination(frame);
        Protocol = layout.Protocol;
        IsFragment = layout.IsFragment;
        FragmentId = layout.IsFragment ? layout.FragmentId(frame) : 0;
    }

    public PacketKind Kind { get; private init; }

    public IpAddress Source { get; }

    public IpAddress Destination { get; }

    public IpProtocol Protocol { get; }

    public bool IsFragment { get; }

    public uint FragmentId { get; }

    /// <summary>Names its flow; of an error, the flow it quotes. Nothing for announcements and later fragments.</summary>
    public FlowKey Key { get; private init; }

    /// <summary>Of ICMP and IGMP: the type.</summary>
    public ushort RuleSourcePort { get; private init; }

    /// <summary>Of ICMP: the code.</summary>
    public ushort RuleDestinationPort { get; private init; }

    public TcpSegment Tcp { get; private init; }

    /// <summary>Reads a frame. An ICMP error whose quotation cannot be read has no key's protocol.</summary>
    public static FilterPacket Read(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        if (!layout.IsIp)
        {
            return default;
        }

        var packet = new FilterPacket(layout, frame);
        if (layout.IsLaterFragment)
        {
            return packet with { Kind = PacketKind.LaterFragment };
        }

        var transport = layout.Transport(frame);
        switch (layout.Protocol)
        {
            case IpProtocol.Tcp:
                _ = TcpView.TryParse(transport, out var tcp);
                return packet.WithPorts(PacketKind.Tcp, tcp.SourcePort, tcp.DestinationPort) with { Tcp = TcpSegment.Of(tcp) };
            case IpProtocol.Udp or IpProtocol.Sctp:
                return packet.WithPorts(PacketKind.Datagram, layout.SourcePort(frame), layout.DestinationPort(frame));
            case IpProtocol.Icmp when layout.IsIpv4:
                return packet.WithIcmp(transport);
            case IpProtocol.IcmpV6 when layout.IsIpv6:
                return packet.WithIcmpV6(transport);
            case IpProtocol.Igmp:
                return packet with { Kind = PacketKind.Announcement, RuleSourcePort = transport.IsEmpty ? (ushort)0 : transport[0] };
            default:
                return packet.WithPorts(PacketKind.Datagram, 0, 0);
        }
    }

    public RuleQuery Query(Direction direction, MacAddress sourceMac, MacAddress destinationMac) => new(
        direction,
        Source.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6,
        sourceMac,
        destinationMac,
        Source,
        Destination,
        Protocol,
        RuleSourcePort,
        RuleDestinationPort);

    private FilterPacket WithPorts(PacketKind kind, ushort source, ushort destination) => this with
    {
        Kind = kind,
        Key = new FlowKey(Source, Destination, source, destination, Protocol),
        RuleSourcePort = source,
        RuleDestinationPort = destination,
    };

    private FilterPacket WithIcmp(ReadOnlySpan<byte> transport)
    {
        _ = IcmpView.TryParse(transport, out var icmp);
        var typed = this with { Kind = PacketKind.Announcement, RuleSourcePort = (ushort)icmp.Type, RuleDestinationPort = icmp.Code };
        return (byte)icmp.Type switch
        {
            _ when icmp.IsError => typed.WithQuote(icmp),
            8 or 13 or 15 or 17 => typed.WithRequest((byte)icmp.Type, icmp), // echo, timestamp, information, address mask
            0 => typed.WithReply(8, icmp),
            14 or 16 or 18 => typed.WithReply((byte)(icmp.Type - 1), icmp),
            _ => typed,
        };
    }

    private FilterPacket WithIcmpV6(ReadOnlySpan<byte> transport)
    {
        _ = IcmpView.TryParse(transport, out var icmp);
        var typed = this with { Kind = PacketKind.Announcement, RuleSourcePort = (ushort)icmp.TypeV6, RuleDestinationPort = icmp.Code };
        return icmp.TypeV6 switch
        {
            _ when icmp.IsErrorV6 => typed.WithQuote(icmp),
            IcmpV6Type.EchoRequest => typed.WithRequest((byte)icmp.TypeV6, icmp),
            IcmpV6Type.EchoReply => typed.WithReply((byte)IcmpV6Type.EchoRequest, icmp),
            _ => typed,
        };
    }

    private FilterPacket WithRequest(byte type, in IcmpView icmp)
        => this with { Kind = PacketKind.IcmpRequest, Key = FlowKey.IcmpRequest(Source, Destination, Protocol, type, icmp.Identifier) };

    private FilterPacket WithReply(byte requestType, in IcmpView icmp)
        => this with { Kind = PacketKind.IcmpReply, Key = FlowKey.IcmpReply(Source, Destination, Protocol, requestType, icmp.Identifier) };

    private FilterPacket WithQuote(in IcmpView icmp)
        => this with { Kind = PacketKind.IcmpError, Key = IcmpQuoteView.TryParse(icmp.Payload, out var quote) ? KeyOf(quote) : default };

    private static FlowKey KeyOf(in IcmpQuoteView quote)
    {
        var transport = quote.Transport;
        ushort identifier = (ushort)((transport[4] << 8) | transport[5]);
        return (quote.Protocol, transport[0]) switch
        {
            (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp, _)
                => new FlowKey(quote.Source, quote.Destination, quote.SourcePort, quote.DestinationPort, quote.Protocol),
            (IpProtocol.Icmp, 0) => FlowKey.IcmpReply(quote.Source, quote.Destination, quote.Protocol, 8, identifier),
            (IpProtocol.Icmp, byte type) => FlowKey.IcmpRequest(quote.Source, quote.Destination, quote.Protocol, type, identifier),
            (IpProtocol.IcmpV6, (byte)IcmpV6Type.EchoReply)
                => FlowKey.IcmpReply(quote.Source, quote.Destination, quote.Protocol, (byte)IcmpV6Type.EchoRequest, identifier),
            (IpProtocol.IcmpV6, byte type) => FlowKey.IcmpRequest(quote.Source, quote.Destination, quote.Protocol, type, identifier),
            _ => new FlowKey(quote.Source, quote.Destination, 0, 0, quote.Protocol),
        };
    }
}
