using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>An SCTP packet, read in place (RFC 9260, section 3.1).</summary>
public readonly ref struct SctpView
{
    public const int HeaderLength = 12;

    private readonly ReadOnlySpan<byte> _bytes;

    private SctpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SctpView sctp)
    {
        bool whole = bytes.Length >= HeaderLength;
        sctp = whole ? new SctpView(bytes) : default;
        return whole;
    }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public uint VerificationTag => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>CRC32c, little-endian on the wire (RFC 9260, appendix A).</summary>
    public uint Checksum => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    /// <summary>The type of the first chunk; 0xFF if there is none.</summary>
    public byte FirstChunkType => _bytes.Length > HeaderLength ? _bytes[HeaderLength] : (byte)0xFF;

    /// <summary>The chunks.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
