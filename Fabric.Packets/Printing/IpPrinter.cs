using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Printing;

/// <summary>The lines of IPv4, IPv6 and what their errors quote.</summary>
internal static class IpPrinter
{
    public static void PrintIpv4(PacketText text, ReadOnlySpan<byte> packet)
    {
        if (!Ipv4View.TryParse(packet, out var ip))
        {
            text.Line("IPv4", $"malformed: {FrameLayout.ParsePacket(packet, out _)}");
            return;
        }

        string fragment = ip.IsFragment ? $", fragment {ip.FragmentOffset}{(ip.MoreFragments ? "+" : "")} of id {ip.Identification}" : "";
        text.Line("IPv4", $"{ip.Source} > {ip.Destination}, {Name(ip.Protocol)}, ttl {ip.TimeToLive}, length {ip.TotalLength}"
            + (ip.Dscp == 0 ? "" : $", dscp {ip.Dscp}")
            + (ip.DontFragment ? ", DF" : "")
            + fragment
            + (ip.Options.IsEmpty ? "" : $", options {ip.Options.Length} bytes")
            + (ip.HasValidChecksum ? "" : ", BAD CHECKSUM"));
        PrintTransport(text, packet, ip.Protocol, ip.Payload, ip.FragmentOffset > 0);
    }

    public static void PrintIpv6(PacketText text, ReadOnlySpan<byte> packet)
    {
        if (!Ipv6View.TryParse(packet, out var ip) || !Ipv6Extensions.TryWalk(ip.NextHeader, ip.Payload, out var extensions))
        {
            text.Line("IPv6", $"malformed: {FrameLayout.ParsePacket(packet, out _)}");
            return;
        }

        var part = extensions.Fragment;
        string fragment = extensions.HasFragment ? $", fragment {part.Offset}{(part.MoreFragments ? "+" : "")} of id {part.Identification}" : "";
        text.Line("IPv6", $"{ip.Source} > {ip.Destination}, {Name(extensions.Protocol)}, hop limit {ip.HopLimit}, length {ip.PayloadLength + Ipv6View.HeaderLength}"
            + (ip.Dscp == 0 ? "" : $", dscp {ip.Dscp}")
            + (extensions.Length == 0 ? "" : $", extensions {extensions.Length} bytes")
            + fragment);
        PrintTransport(text, packet, extensions.Protocol, ip.Payload[extensions.Length..], extensions.IsLaterFragment);
    }

    public static string Name(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Icmp => "ICMP",
        IpProtocol.IcmpV6 => "ICMPv6",
        IpProtocol.Tcp => "TCP",
        IpProtocol.Udp => "UDP",
        IpProtocol.Sctp => "SCTP",
        IpProtocol.Igmp => "IGMP",
        IpProtocol.NoNextHeader => "no payload",
        _ => $"protocol {(byte)protocol}",
    };

    private static void PrintTransport(
        PacketText text, ReadOnlySpan<byte> packet, IpProtocol protocol, ReadOnlySpan<byte> transport, bool isLaterFragment)
    {
        if (isLaterFragment)
        {
            text.Line("Payload", $"{transport.Length} bytes");
            return;
        }

        var malformation = FrameLayout.ParsePacket(packet, out var layout);
        bool hasBadChecksum = malformation == FrameMalformation.None && !TransportChecksum.IsValid(packet, layout);
        TransportPrinter.Print(text, protocol, transport, hasBadChecksum ? ", BAD CHECKSUM" : "");
    }
}
