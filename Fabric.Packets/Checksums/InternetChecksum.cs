using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fabric.Packets.Checksums;

/// <summary>
/// The one's complement sum of IP, ICMP, TCP and UDP (RFC 1071). A sum in the making is 64 bits wide in the machine's byte order,
/// which RFC 1071, section 2, shows to be as good as the network's; <see cref="Finish"/> folds it and turns it round.
/// </summary>
public static class InternetChecksum
{
    /// <summary>The checksum of these bytes, whose own checksum field must be zero.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes) => Finish(Add(0, bytes));

    /// <summary>True if these bytes, checksum field included, sum to zero as they must.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) => Finish(Add(0, bytes)) == 0;

    /// <summary>The same for the first 20 bytes, an IPv4 header without options: the one sum that every packet costs.</summary>
    public static bool IsValidIpv4Header(ReadOnlySpan<byte> header)
    {
        ulong sum = MemoryMarshal.Read<uint>(header)
            + (ulong)MemoryMarshal.Read<uint>(header[4..])
            + MemoryMarshal.Read<uint>(header[8..])
            + MemoryMarshal.Read<uint>(header[12..])
            + MemoryMarshal.Read<uint>(header[16..]);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)(sum + (sum >> 16)) == 0xFFFF;
    }

    /// <summary>Adds bytes to a sum. Only the last piece of a sum may have an odd length.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        if (Vector256.IsHardwareAccelerated && bytes.Length >= 64)
        {
            var words = MemoryMarshal.Cast<byte, Vector256<ulong>>(bytes);
            var low = Vector256.Create(0xFFFF_FFFFUL);
            var lanes = Vector256<ulong>.Zero;
            foreach (var word in words)
            {
                lanes += (word & low) + Vector256.ShiftRightLogical(word, 32); // 2^31 rounds before a lane could overflow
            }

            sum = AddWithCarry(sum, Vector256.Sum(lanes));
            bytes = bytes[(words.Length * 32)..];
        }

        while (bytes.Length >= 8)
        {
            sum = AddWithCarry(sum, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }

        if (bytes.Length > 0)
        {
            ulong tail = 0;
            bytes.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref tail))); // missing bytes count as zero
            sum = AddWithCarry(sum, tail);
        }

        return sum;
    }

    /// <summary>Adds one 16-bit field, given as a number.</summary>
    public static ulong Add(ulong sum, ushort field)
        => AddWithCarry(sum, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(field) : field);

    /// <summary>Folds a sum to the checksum, as the number that goes into the field.</summary>
    public static ushort Finish(ulong sum) => (ushort)~Fold(sum);

    /// <summary>Folds a sum to 16 bits without the final complement: what a partial checksum's field holds.</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)sum) : (ushort)sum;
    }

    private static ulong AddWithCarry(ulong sum, ulong value)
    {
        sum += value;
        return sum < value ? sum + 1 : sum;
    }
}
