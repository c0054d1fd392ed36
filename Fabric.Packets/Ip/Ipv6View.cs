using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>An IPv6 packet, read in place (RFC 8200, section 3). Extension headers stand at the head of its payload.</summary>
public readonly ref struct Ipv6View
{
    public const int HeaderLength = 40;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6View(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw. Jumbograms (RFC 2675) are refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv6View ipv6)
    {
        ipv6 = default;
        if (bytes.Length < HeaderLength || bytes[0] >> 4 != 6)
        {
            return false;
        }

        int length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length > bytes.Length)
        {
            return false;
        }

        ipv6 = new Ipv6View(bytes[..length]);
        return true;
    }

    public int Dscp => (BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> 6) & 0x3F;

    public int Ecn => (_bytes[1] >> 4) & 3;

    public uint FlowLabel => BinaryPrimitives.ReadUInt32BigEndian(_bytes) & 0xF_FFFF;

    public int PayloadLength => _bytes.Length - HeaderLength;

    public IpProtocol NextHeader => (IpProtocol)_bytes[6];

    public byte HopLimit => _bytes[7];

    public IpAddress Source => IpAddress.ReadIpv6(_bytes[8..]);

    public IpAddress Destination => IpAddress.ReadIpv6(_bytes[24..]);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
