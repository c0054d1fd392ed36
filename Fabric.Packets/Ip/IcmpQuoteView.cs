using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>
/// The head of the packet that an ICMP error quotes, read in place: an IP header and at least eight bytes behind it (RFC 792;
/// RFC 4443, section 3.1). Its stated length may exceed what is there.
/// </summary>
public readonly ref struct IcmpQuoteView
{
    /// <summary>Of the quoted transport header this much is always there: the ports, or an echo's identifier.</summary>
    public const int MinimumTransportLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _transport;

    private IcmpQuoteView(ReadOnlySpan<byte> bytes, int transport, IpProtocol protocol)
    {
        _bytes = bytes;
        _transport = transport;
        Protocol = protocol;
    }

    /// <summary>The only door in: the payload of an ICMP or ICMPv6 error. Quoted later fragments are refused: they name no flow.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IcmpQuoteView quote)
    {
        quote = default;
        if (bytes.Length < Ipv4View.MinimumHeaderLength)
        {
            return false;
        }

        int transport;
        IpProtocol protocol;
        if (bytes[0] >> 4 == 4)
        {
            transport = (bytes[0] & 0xF) * 4;
            protocol = (IpProtocol)bytes[9];
            if (transport < Ipv4View.MinimumHeaderLength || (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x1FFF) != 0)
            {
                return false;
            }
        }
        else
        {
            if (bytes[0] >> 4 != 6
                || bytes.Length < Ipv6View.HeaderLength
                || !Ipv6Extensions.TryWalk((IpProtocol)bytes[6], bytes[Ipv6View.HeaderLength..], out var extensions)
                || extensions.IsLaterFragment)
            {
                return false;
            }

            transport = Ipv6View.HeaderLength + extensions.Length;
            protocol = extensions.Protocol;
        }

        if (bytes.Length < transport + MinimumTransportLength)
        {
            return false;
        }

        quote = new IcmpQuoteView(bytes, transport, protocol);
        return true;
    }

    public IpProtocol Protocol { get; }

    public IpAddress Source => IsIpv4 ? IpAddress.ReadIpv4(_bytes[12..]) : IpAddress.ReadIpv6(_bytes[8..]);

    public IpAddress Destination => IsIpv4 ? IpAddress.ReadIpv4(_bytes[16..]) : IpAddress.ReadIpv6(_bytes[24..]);

    /// <summary>The quoted transport header, at least its first eight bytes.</summary>
    public ReadOnlySpan<byte> Transport => _bytes[_transport..];

    /// <summary>Of TCP, UDP or SCTP.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(Transport);

    /// <summary>Of TCP, UDP or SCTP.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(Transport[2..]);

    private bool IsIpv4 => _bytes[0] >> 4 == 4;
}
