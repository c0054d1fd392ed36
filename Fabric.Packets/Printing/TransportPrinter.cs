using System.Text;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;

namespace Fabric.Packets.Printing;

/// <summary>The lines of what IP carries.</summary>
internal static class TransportPrinter
{
    public static void Print(PacketText text, IpProtocol protocol, ReadOnlySpan<byte> transport, string remark)
    {
        switch (protocol)
        {
            case IpProtocol.Tcp when TcpView.TryParse(transport, out var tcp):
                text.Line("TCP", $"{tcp.SourcePort} > {tcp.DestinationPort}, {tcp.Flags}, seq {tcp.Sequence}, ack {tcp.Acknowledgment}, window {tcp.Window}, payload {tcp.Payload.Length} bytes{remark}");
                break;
            case IpProtocol.Udp when UdpView.TryParse(transport, out var udp):
                text.Line("UDP", $"{udp.SourcePort} > {udp.DestinationPort}, payload {udp.Payload.Length} bytes{remark}");
                PrintApplication(text, udp);
                break;
            case IpProtocol.Sctp when SctpView.TryParse(transport, out var sctp):
                text.Line("SCTP", $"{sctp.SourcePort} > {sctp.DestinationPort}, tag 0x{sctp.VerificationTag:x8}, chunks {sctp.Payload.Length} bytes{remark}");
                break;
            case IpProtocol.Icmp when IcmpView.TryParse(transport, out var icmp):
                PrintIcmp(text, "ICMP", icmp, Describe(icmp), icmp.IsError, remark);
                break;
            case IpProtocol.IcmpV6 when IcmpView.TryParse(transport, out var icmp):
                PrintIcmp(text, "ICMPv6", icmp, DescribeV6(icmp, transport), icmp.IsErrorV6, remark);
                break;
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Icmp or IpProtocol.IcmpV6:
                text.Line(IpPrinter.Name(protocol), $"malformed, {transport.Length} bytes");
                break;
            default:
                text.Line("Payload", $"{transport.Length} bytes");
                break;
        }
    }

    private static void PrintIcmp(PacketText text, string layer, in IcmpView icmp, string description, bool isError, string remark)
    {
        text.Line(layer, description + remark);
        if (isError && IcmpQuoteView.TryParse(icmp.Payload, out var quote))
        {
            string ports = quote.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp
                ? $", ports {quote.SourcePort} > {quote.DestinationPort}"
                : "";
            text.Line("  about", $"{quote.Source} > {quote.Destination}, {IpPrinter.Name(quote.Protocol)}{ports}");
        }
    }

    private static string Describe(in IcmpView icmp) => icmp.Type switch
    {
        IcmpType.EchoRequest => $"echo request, id {icmp.Identifier}, seq {icmp.Sequence}, payload {icmp.Payload.Length} bytes",
        IcmpType.EchoReply => $"echo reply, id {icmp.Identifier}, seq {icmp.Sequence}, payload {icmp.Payload.Length} bytes",
        IcmpType.DestinationUnreachable when icmp.Code == 4 => $"fragmentation needed, next hop MTU {icmp.Rest & 0xFFFF}",
        IcmpType.DestinationUnreachable => $"destination unreachable, code {icmp.Code}",
        IcmpType.TimeExceeded => $"time exceeded, code {icmp.Code}",
        _ => $"{icmp.Type}, code {icmp.Code}",
    };

    private static string DescribeV6(in IcmpView icmp, ReadOnlySpan<byte> message)
    {
        if (NeighborDiscoveryView.TryParse(message, out var nd))
        {
            string mac = nd.TryGetLinkAddress(out var address) ? $", from {address}" : "";
            return nd.Type switch
            {
                IcmpV6Type.NeighborSolicitation => $"neighbor solicitation, who has {nd.Target}?{mac}",
                IcmpV6Type.NeighborAdvertisement => $"neighbor advertisement, {nd.Target} is at {address}{(nd.IsRouter ? ", router" : "")}{(nd.IsSolicited ? ", solicited" : "")}{(nd.IsOverride ? ", override" : "")}",
                IcmpV6Type.RouterAdvertisement => $"router advertisement, lifetime {nd.RouterLifetime} s{mac}",
                _ => $"router solicitation{mac}",
            };
        }

        return icmp.TypeV6 switch
        {
            IcmpV6Type.EchoRequest => $"echo request, id {icmp.Identifier}, seq {icmp.Sequence}, payload {icmp.Payload.Length} bytes",
            IcmpV6Type.EchoReply => $"echo reply, id {icmp.Identifier}, seq {icmp.Sequence}, payload {icmp.Payload.Length} bytes",
            IcmpV6Type.PacketTooBig => $"packet too big, MTU {icmp.Rest}",
            IcmpV6Type.DestinationUnreachable => $"destination unreachable, code {icmp.Code}",
            IcmpV6Type.TimeExceeded => $"time exceeded, code {icmp.Code}",
            _ => $"{icmp.TypeV6}, code {icmp.Code}",
        };
    }

    private static void PrintApplication(PacketText text, in UdpView udp)
    {
        if (udp.DestinationPort == GeneveView.UdpPort && GeneveView.TryParse(udp.Payload, out var geneve))
        {
            text.Line("Geneve", $"vni {geneve.Vni}{(geneve.IsControl ? ", control" : "")}{DescribeOptions(geneve)}");
            PacketPrinter.PrintInner(text, geneve.ProtocolType, geneve.Payload);
        }
        else if (udp.DestinationPort == VxlanView.UdpPort && VxlanView.TryParse(udp.Payload, out var vxlan))
        {
            text.Line("VXLAN", $"vni {vxlan.Vni}");
            PacketPrinter.PrintInner(text, EtherType.TransparentEthernetBridging, vxlan.Payload);
        }
        else if (udp.DestinationPort == BfdView.UdpPort && BfdView.TryParse(udp.Payload, out var bfd))
        {
            text.Line("BFD", $"{bfd.State}, diagnostic {bfd.Diagnostic}, discriminators {bfd.MyDiscriminator} > {bfd.YourDiscriminator}, multiplier {bfd.DetectMultiplier}, transmit {bfd.DesiredMinTxInterval} us, receive {bfd.RequiredMinRxInterval} us{(bfd.IsPoll ? ", poll" : "")}{(bfd.IsFinal ? ", final" : "")}");
        }
        else if (udp.DestinationPort is DhcpView.ServerPort or DhcpView.ClientPort && DhcpView.TryParse(udp.Payload, out var dhcp))
        {
            text.Line("DHCP", $"{dhcp.MessageType}, client {dhcp.ClientMac}, address {(dhcp.IsRequest ? dhcp.ClientAddress : dhcp.YourAddress)}");
        }
    }

    private static string DescribeOptions(in GeneveView geneve)
    {
        var options = new StringBuilder();
        foreach (var option in geneve.Options)
        {
            options.Append($", option 0x{option.Class:x4}/{option.Type:x2}");
        }

        return TepOption.TryFind(geneve, out var tep)
            ? $"{options} (label {tep.Label}, {tep.Kind}{(tep.IsTraced ? ", trace" : "")}{(tep.MustReplicate ? ", replicate" : "")})"
            : options.ToString();
    }
}
