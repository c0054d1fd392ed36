using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>An IPv6 fragment header, to read and to send (RFC 8200, section 4.5). The offset is in bytes, a multiple of eight.</summary>
public readonly record struct Ipv6Fragment(IpProtocol NextHeader, int Offset, bool MoreFragments, uint Identification)
{
    public const int Length = 8;

    /// <summary>Offset 0 and no more to come: a whole packet that merely carries the header (RFC 6946).</summary>
    public bool IsAtomic => Offset == 0 && !MoreFragments;

    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv6Fragment fragment)
    {
        fragment = default;
        if (bytes.Length < Length)
        {
            return false;
        }

        ushort word = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        fragment = new Ipv6Fragment(
            (IpProtocol)bytes[0], word & 0xFFF8, (word & 1) != 0, BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
        return true;
    }

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)NextHeader;
        bytes[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)((Offset & 0xFFF8) | (MoreFragments ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Identification);
    }
}
