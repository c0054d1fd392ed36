using System.Text;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.TestKit;

/// <summary>
/// Whole Ethernet frames for tests, with right lengths and checksums. Addresses are text of either family; a MAC that is not given
/// follows from its address (<see cref="MacOf"/>), so that equal endpoints look equal everywhere.
/// </summary>
public static class Frames
{
    /// <summary>A locally administered MAC that ends in the address's last four bytes; a group address's own MAC; or broadcast.</summary>
    public static MacAddress MacOf(string address)
    {
        var ip = IpAddress.Parse(address);
        if (ip.IsIpv4 && ip.Ipv4 == uint.MaxValue)
        {
            return MacAddress.Broadcast;
        }

        if (ip.IsMulticast)
        {
            return ip.IsIpv4 ? new MacAddress(0x0100_5E00_0000UL | (ip.Ipv4 & 0x7F_FFFF)) : NeighborHeader.MulticastMac(ip);
        }

        return new MacAddress(0x0200_0000_0000 | (ulong)(uint)ip.Bits);
    }

    public static byte[] Udp(
        string from, string to, ushort fromPort = 40000, ushort toPort = 5001, byte[]? payload = null,
        MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
    {
        payload ??= Text("hello");
        var bytes = new byte[UdpHeader.Length + payload.Length];
        new UdpHeader(fromPort, toPort, payload.Length).Write(bytes);
        payload.CopyTo(bytes, UdpHeader.Length);
        return Ip(from, to, IpProtocol.Udp, bytes, fromMac, toMac, ttl);
    }

    public static byte[] Tcp(
        string from, string to, ushort fromPort = 40000, ushort toPort = 80, TcpFlags flags = TcpFlags.Syn,
        uint sequence = 1000, uint acknowledgment = 0, byte[]? payload = null, ushort window = 65535, byte[]? options = null,
        MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
    {
        payload ??= [];
        var header = new TcpHeader(fromPort, toPort, sequence, acknowledgment, flags) { Window = window, Options = options };
        var bytes = new byte[header.Length + payload.Length];
        header.Write(bytes);
        payload.CopyTo(bytes, header.Length);
        return Ip(from, to, IpProtocol.Tcp, bytes, fromMac, toMac, ttl);
    }

    /// <summary>An SCTP packet with one INIT chunk, or the given chunks.</summary>
    public static byte[] Sctp(
        string from, string to, ushort fromPort = 40000, ushort toPort = 38412, uint tag = 0, byte[]? chunks = null,
        MacAddress? fromMac = null, MacAddress? toMac = null)
    {
        chunks ??= [1, 0, 0, 20, 0, 0, 0, 1, 0, 1, 0, 0, 0, 10, 0, 10, 0, 0, 0, 1];
        var bytes = new byte[SctpHeader.Length + chunks.Length];
        new SctpHeader(fromPort, toPort, tag).Write(bytes);
        chunks.CopyTo(bytes, SctpHeader.Length);
        return Ip(from, to, IpProtocol.Sctp, bytes, fromMac, toMac);
    }

    /// <summary>An echo request of the addresses' family.</summary>
    public static byte[] Ping(
        string from, string to, ushort identifier = 1, ushort sequence = 1, byte[]? payload = null,
        MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
        => Echo(from, to, isReply: false, identifier, sequence, payload, fromMac, toMac, ttl);

    /// <summary>An echo reply of the addresses' family.</summary>
    public static byte[] Pong(
        string from, string to, ushort identifier = 1, ushort sequence = 1, byte[]? payload = null,
        MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
        => Echo(from, to, isReply: true, identifier, sequence, payload, fromMac, toMac, ttl);

    /// <summary>An ICMP or ICMPv6 message with the head of the frame it is about.</summary>
    public static byte[] IcmpError(string from, string to, IcmpHeader header, byte[] about, MacAddress? fromMac = null, MacAddress? toMac = null)
    {
        _ = FrameLayout.Parse(about, out var layout);
        var quote = layout.Network(about);
        quote = quote[..Math.Min(quote.Length, layout.IsIpv4 ? layout.TransportOffset - layout.NetworkOffset + 8 : 1232)];
        return Icmp(from, to, header, quote.ToArray(), fromMac, toMac);
    }

    /// <summary>Any ICMP message of the addresses' family.</summary>
    public static byte[] Icmp(
        string from, string to, IcmpHeader header, byte[] payload, MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
    {
        var bytes = new byte[IcmpHeader.Length + payload.Length];
        header.Write(bytes);
        payload.CopyTo(bytes, IcmpHeader.Length);
        var protocol = IpAddress.Parse(from).IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6;
        return Ip(from, to, protocol, bytes, fromMac, toMac, ttl);
    }

    /// <summary>Broadcast, asking for the MAC of an address.</summary>
    public static byte[] ArpRequest(string from, string target, MacAddress? fromMac = null)
        => Arp(ArpOperation.Request, from, target, fromMac ?? MacOf(from), default, MacAddress.Broadcast);

    public static byte[] ArpReply(string from, string to, MacAddress? fromMac = null, MacAddress? toMac = null)
        => Arp(ArpOperation.Reply, from, to, fromMac ?? MacOf(from), toMac ?? MacOf(to), toMac ?? MacOf(to));

    public static byte[] Arp(
        ArpOperation operation, string sender, string target, MacAddress senderMac, MacAddress targetMac, MacAddress toMac)
    {
        var frame = new byte[EthernetHeader.Length + ArpHeader.Length];
        new EthernetHeader(toMac, senderMac, EtherType.Arp).Write(frame);
        new ArpHeader(operation, senderMac, IpAddress.Parse(sender), targetMac, IpAddress.Parse(target)).Write(frame.AsSpan(EthernetHeader.Length));
        return frame;
    }

    /// <summary>To the target's solicited-node group. From "::" it is a probe for duplicates and tells no MAC.</summary>
    public static byte[] NeighborSolicitation(string from, string target, MacAddress? fromMac = null)
    {
        var mac = fromMac ?? MacOf(from);
        var asked = IpAddress.Parse(target);
        var message = NeighborHeader.Solicitation(asked, IpAddress.Parse(from).IsUnspecified ? null : mac);
        return Neighbor(from, NeighborHeader.SolicitedNodeAddress(asked).ToString(), message, mac, null);
    }

    public static byte[] NeighborAdvertisement(string from, string to, MacAddress? fromMac = null, MacAddress? toMac = null, bool isRouter = false)
    {
        var mac = fromMac ?? MacOf(from);
        var message = NeighborHeader.Advertisement(IpAddress.Parse(from), mac) with
        {
            IsSolicited = !IpAddress.Parse(to).IsMulticast,
            IsOverride = true,
            IsRouter = isRouter,
        };
        return Neighbor(from, to, message, mac, toMac);
    }

    /// <summary>A DHCP message between client and server ports, in the direction its type has.</summary>
    public static byte[] Dhcp(DhcpHeader header, string from = "0.0.0.0", string to = "255.255.255.255", MacAddress? fromMac = null)
    {
        var payload = new byte[header.Length];
        header.Write(payload);
        bool isReply = payload[0] == 2;
        return Udp(
            from, to, isReply ? DhcpView.ServerPort : DhcpView.ClientPort, isReply ? DhcpView.ClientPort : DhcpView.ServerPort, payload,
            fromMac ?? (isReply ? MacOf(from) : header.ClientMac));
    }

    /// <summary>Any IP packet in a frame; the transport checksum is filled in where the protocol is known.</summary>
    public static byte[] Ip(
        string from, string to, IpProtocol protocol, byte[] transport, MacAddress? fromMac = null, MacAddress? toMac = null, byte ttl = 64)
    {
        var source = IpAddress.Parse(from);
        var destination = IpAddress.Parse(to);
        int ipLength = source.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6View.HeaderLength;
        var frame = new byte[EthernetHeader.Length + ipLength + transport.Length];
        var type = source.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6;
        new EthernetHeader(toMac ?? MacOf(to), fromMac ?? MacOf(from), type).Write(frame);
        var packet = frame.AsSpan(EthernetHeader.Length);
        if (source.IsIpv4)
        {
            new Ipv4Header(source, destination, protocol, transport.Length) { TimeToLive = ttl, Identification = 0x1234 }.Write(packet);
        }
        else
        {
            new Ipv6Header(source, destination, protocol, transport.Length) { HopLimit = ttl }.Write(packet);
        }

        transport.CopyTo(packet[ipLength..]);
        _ = TransportChecksum.Fill(packet);
        return frame;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A payload whose bytes tell where they stand.</summary>
    public static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (int index = 0; index < length; index++)
        {
            bytes[index] = (byte)(index * 31);
        }

        return bytes;
    }

    private static byte[] Echo(
        string from, string to, bool isReply, ushort identifier, ushort sequence, byte[]? payload,
        MacAddress? fromMac, MacAddress? toMac, byte ttl)
    {
        var header = IpAddress.Parse(from).IsIpv4
            ? IcmpHeader.Echo(isReply ? IcmpType.EchoReply : IcmpType.EchoRequest, identifier, sequence)
            : IcmpHeader.Echo(isReply ? IcmpV6Type.EchoReply : IcmpV6Type.EchoRequest, identifier, sequence);
        return Icmp(from, to, header, payload ?? Pattern(48), fromMac, toMac, ttl);
    }

    private static byte[] Neighbor(string from, string to, NeighborHeader message, MacAddress fromMac, MacAddress? toMac)
    {
        var bytes = new byte[message.Length];
        message.Write(bytes);
        return Ip(from, to, IpProtocol.IcmpV6, bytes, fromMac, toMac, NeighborHeader.HopLimit);
    }
}
