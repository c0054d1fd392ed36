using System.Numerics;
using System.Runtime.InteropServices;

namespace Fabric.Packets.Checksums;

/// <summary>The CRC32c of SCTP (RFC 9260, appendix A).</summary>
public static class Crc32c
{
    /// <summary>The CRC of an SCTP packet, its checksum field (bytes 8 to 11) taken as zero; written to the field little-endian.</summary>
    public static uint OfSctp(ReadOnlySpan<byte> packet)
    {
        uint crc = Add(uint.MaxValue, packet[..8]);
        crc = BitOperations.Crc32C(crc, 0u);
        return ~Add(crc, packet[12..]);
    }

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }

        foreach (byte part in bytes)
        {
            crc = BitOperations.Crc32C(crc, part);
        }

        return crc;
    }
}
