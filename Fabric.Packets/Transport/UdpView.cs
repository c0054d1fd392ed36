using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>A UDP datagram, read in place (RFC 768). What stands behind its length is no part of it.</summary>
public readonly ref struct UdpView
{
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpView udp)
    {
        bool whole = bytes.Length >= HeaderLength
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) is >= HeaderLength and var length
            && length <= bytes.Length;
        udp = whole ? new UdpView(bytes[..BinaryPrimitives.ReadUInt16BigEndian(bytes[4..])]) : default;
        return whole;
    }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Header and payload.</summary>
    public int Length => _bytes.Length;

    /// <summary>Zero: the sender made none (RFC 768).</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
