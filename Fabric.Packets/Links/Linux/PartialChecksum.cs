using System.Buffers.Binary;
using Fabric.Packets.Checksums;

namespace Fabric.Packets.Links.Linux;

/// <summary>Completes a checksum that the sender left to its network card: the field holds the pseudo header's sum already.</summary>
internal static class PartialChecksum
{
    private const int UdpFieldOffset = 6;

    /// <summary>False if the header points outside of the frame.</summary>
    public static bool TryComplete(Span<byte> frame, in VirtioHeader header)
    {
        int field = header.ChecksumStart + header.ChecksumOffset;
        if (field + 2 > frame.Length)
        {
            return false;
        }

        ushort checksum = InternetChecksum.Of(frame[header.ChecksumStart..]);
        if (checksum == 0 && header.ChecksumOffset == UdpFieldOffset)
        {
            checksum = 0xFFFF; // zero on the wire would say "none" (RFC 768)
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[field..], checksum);
        return true;
    }
}
