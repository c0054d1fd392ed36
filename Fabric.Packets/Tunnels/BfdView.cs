using System.Buffers.Binary;

namespace Fabric.Packets.Tunnels;

/// <summary>A BFD control packet, read in place (RFC 5880, section 4.1). Parsing makes the checks of section 6.8.6 that need no session.</summary>
public readonly ref struct BfdView
{
    public const int PacketLength = 24;

    /// <summary>Single hop (RFC 5881).</summary>
    public const ushort UdpPort = 3784;

    private readonly ReadOnlySpan<byte> _bytes;

    private BfdView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out BfdView bfd)
    {
        bool whole = bytes.Length >= PacketLength
            && bytes[0] >> 5 == 1 // version
            && bytes[3] >= PacketLength
            && bytes[3] <= bytes.Length
            && bytes[2] != 0 // detect multiplier
            && (bytes[1] & 0x01) == 0 // multipoint
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != 0; // my discriminator
        bfd = whole ? new BfdView(bytes) : default;
        return whole;
    }

    public BfdDiagnostic Diagnostic => (BfdDiagnostic)(_bytes[0] & 0x1F);

    public BfdState State => (BfdState)(_bytes[1] >> 6);

    public bool IsPoll => (_bytes[1] & 0x20) != 0;

    public bool IsFinal => (_bytes[1] & 0x10) != 0;

    public bool HasAuthentication => (_bytes[1] & 0x04) != 0;

    public bool IsDemand => (_bytes[1] & 0x02) != 0;

    public byte DetectMultiplier => _bytes[2];

    public uint MyDiscriminator => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    public uint YourDiscriminator => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Microseconds.</summary>
    public uint DesiredMinTxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>Microseconds.</summary>
    public uint RequiredMinRxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]);

    /// <summary>Microseconds.</summary>
    public uint RequiredMinEchoRxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[20..]);
}
