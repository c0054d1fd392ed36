using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>A TCP segment, read in place (RFC 9293, section 3.1).</summary>
public readonly ref struct TcpView
{
    public const int MinimumHeaderLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpView tcp)
    {
        bool whole = bytes.Length >= MinimumHeaderLength
            && HeaderLengthOf(bytes) is >= MinimumHeaderLength and var headerLength
            && headerLength <= bytes.Length;
        tcp = whole ? new TcpView(bytes) : default;
        return whole;
    }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    public uint Acknowledgment => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    public int HeaderLength => HeaderLengthOf(_bytes);

    public TcpFlags Flags => (TcpFlags)_bytes[13];

    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[16..]);

    public ushort UrgentPointer => BinaryPrimitives.ReadUInt16BigEndian(_bytes[18..]);

    public ReadOnlySpan<byte> OptionBytes => _bytes[MinimumHeaderLength..HeaderLength];

    public TcpOptions Options => new(OptionBytes);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>Sequence numbers this segment takes: payload, SYN and FIN.</summary>
    public int SequenceLength
        => Payload.Length + ((Flags & TcpFlags.Syn) != 0 ? 1 : 0) + ((Flags & TcpFlags.Fin) != 0 ? 1 : 0);

    private static int HeaderLengthOf(ReadOnlySpan<byte> bytes) => (bytes[12] >> 4) * 4;
}
