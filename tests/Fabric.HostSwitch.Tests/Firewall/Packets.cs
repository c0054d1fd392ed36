using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Tests.Firewall;

/// <summary>Whole frames between two stations, as the firewall's tests need them. Addresses are text.</summary>
internal static class Packets
{
    public static readonly MacAddress SourceMac = MacAddress.Parse("02:00:00:00:00:01");
    public static readonly MacAddress DestinationMac = MacAddress.Parse("02:00:00:00:00:02");

    public static byte[] Udp(string from, string to, int fromPort = 40_000, int toPort = 53, int length = 32)
    {
        var header = new UdpHeader((ushort)fromPort, (ushort)toPort, length);
        return Frame(from, to, IpProtocol.Udp, UdpView.HeaderLength + length, header.Write);
    }

    public static byte[] Tcp(
        string from, string to, int fromPort, int toPort, TcpFlags flags, uint sequence = 0, uint acknowledgment = 0, int length = 0)
    {
        var header = new TcpHeader((ushort)fromPort, (ushort)toPort, sequence, acknowledgment, flags);
        return Frame(from, to, IpProtocol.Tcp, header.Length + length, header.Write);
    }

    public static byte[] Syn(string from, string to, int toPort, int fromPort = 40_000)
        => Tcp(from, to, fromPort, toPort, TcpFlags.Syn, 1_000);

    public static byte[] Echo(string from, string to, int identifier = 7, bool reply = false)
    {
        bool isIpv4 = IpAddress.Parse(from).IsIpv4;
        var header = isIpv4
            ? IcmpHeader.Echo(reply ? IcmpType.EchoReply : IcmpType.EchoRequest, (ushort)identifier, 1)
            : IcmpHeader.Echo(reply ? IcmpV6Type.EchoReply : IcmpV6Type.EchoRequest, (ushort)identifier, 1);
        return Frame(from, to, isIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, IcmpHeader.Length + 24, header.Write);
    }

    /// <summary>A time exceeded error from a router on the way, about a packet that was sent.</summary>
    public static byte[] TimeExceeded(string from, string to, byte[] about)
    {
        var quote = about.AsMemory(EthernetView.HeaderLength, 28);
        return Frame(from, to, IpProtocol.Icmp, IcmpHeader.Length + quote.Length, bytes =>
        {
            new IcmpHeader(IcmpType.TimeExceeded).Write(bytes);
            quote.Span.CopyTo(bytes[IcmpHeader.Length..]);
        });
    }

    /// <summary>A UDP packet cut in two: first and later fragment.</summary>
    public static (byte[] First, byte[] Later) Fragments(string from, string to, int toPort, ushort id)
    {
        var first = Frame(from, to, IpProtocol.Udp, 808, new UdpHeader(40_000, (ushort)toPort, 1_600).Write, new Ipv4Header
        {
            Identification = id,
            MoreFragments = true,
            TimeToLive = 64,
        });
        var later = Frame(from, to, IpProtocol.Udp, 800, static _ => { }, new Ipv4Header
        {
            Identification = id,
            FragmentOffset = 808,
            TimeToLive = 64,
        });
        return (first, later);
    }

    public delegate void Writer(Span<byte> bytes);

    public static byte[] Frame(string from, string to, IpProtocol protocol, int length, Writer write, Ipv4Header? shape = null)
    {
        var source = IpAddress.Parse(from);
        var destination = IpAddress.Parse(to);
        int ipLength = source.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6Header.Length;
        var frame = new byte[EthernetView.HeaderLength + ipLength + length];
        new EthernetHeader(DestinationMac, SourceMac, source.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6).Write(frame);
        var ip = frame.AsSpan(EthernetView.HeaderLength);
        if (source.IsIpv4)
        {
            var header = (shape ?? new Ipv4Header { TimeToLive = 64 }) with
            {
                Source = source, Destination = destination, Protocol = protocol, PayloadLength = length,
            };
            header.Write(ip);
        }
        else
        {
            new Ipv6Header(source, destination, protocol, length) { HopLimit = 64 }.Write(ip);
        }

        write(ip[ipLength..]);
        if (FrameLayout.Parse(frame, out var layout) == FrameMalformation.None)
        {
            TransportChecksum.Fill(frame, layout);
        }

        return frame;
    }
}
