using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;

namespace Fabric.Packets.Ip;

/// <summary>An IPv4 packet, read in place (RFC 791, section 3.1). Padding behind its total length is no part of it.</summary>
public readonly ref struct Ipv4View
{
    public const int MinimumHeaderLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv4View(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw. The checksum is not looked at.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv4View ipv4)
    {
        ipv4 = default;
        if (bytes.Length < MinimumHeaderLength || bytes[0] >> 4 != 4)
        {
            return false;
        }

        int headerLength = HeaderLengthOf(bytes);
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (headerLength < MinimumHeaderLength || headerLength > totalLength || totalLength > bytes.Length)
        {
            return false;
        }

        ipv4 = new Ipv4View(bytes[..totalLength]);
        return true;
    }

    public int HeaderLength => HeaderLengthOf(_bytes);

    public int Dscp => _bytes[1] >> 2;

    public int Ecn => _bytes[1] & 3;

    public int TotalLength => _bytes.Length;

    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    public bool DontFragment => (_bytes[6] & 0x40) != 0;

    public bool MoreFragments => (_bytes[6] & 0x20) != 0;

    /// <summary>In bytes.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x1FFF) * 8;

    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x3FFF) != 0;

    public byte TimeToLive => _bytes[8];

    public IpProtocol Protocol => (IpProtocol)_bytes[9];

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    public bool HasValidChecksum => InternetChecksum.IsValid(_bytes[..HeaderLength]);

    public IpAddress Source => IpAddress.ReadIpv4(_bytes[12..]);

    public IpAddress Destination => IpAddress.ReadIpv4(_bytes[16..]);

    public ReadOnlySpan<byte> Options => _bytes[MinimumHeaderLength..HeaderLength];

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static int HeaderLengthOf(ReadOnlySpan<byte> bytes) => (bytes[0] & 0xF) * 4;
}
