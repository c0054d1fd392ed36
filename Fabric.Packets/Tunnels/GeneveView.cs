using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Tunnels;

/// <summary>A Geneve header and what it carries, read in place (RFC 8926, section 3.4).</summary>
public readonly ref struct GeneveView
{
    public const int FixedLength = 8;
    public const ushort UdpPort = 6081;

    private readonly ReadOnlySpan<byte> _bytes;

    private GeneveView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw and the options fill their room exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GeneveView geneve)
    {
        bool whole = bytes.Length >= FixedLength
            && bytes[0] >> 6 == 0 // the only version there is
            && bytes.Length >= FixedLength + OptionsLengthOf(bytes)
            && GeneveOptions.AreWhole(bytes.Slice(FixedLength, OptionsLengthOf(bytes)));
        geneve = whole ? new GeneveView(bytes) : default;
        return whole;
    }

    public int HeaderLength => FixedLength + OptionsLengthOf(_bytes);

    /// <summary>The O bit: a control packet, such as BFD between tunnel endpoints.</summary>
    public bool IsControl => (_bytes[1] & 0x80) != 0;

    /// <summary>The C bit: at least one option must be understood.</summary>
    public bool HasCriticalOptions => (_bytes[1] & 0x40) != 0;

    public EtherType ProtocolType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public Vni Vni => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8);

    public ReadOnlySpan<byte> OptionBytes => _bytes[FixedLength..HeaderLength];

    public GeneveOptions Options => new(OptionBytes);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static int OptionsLengthOf(ReadOnlySpan<byte> bytes) => (bytes[0] & 0x3F) * 4;
}
