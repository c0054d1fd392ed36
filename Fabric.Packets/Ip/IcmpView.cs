using System.Buffers.Binary;

namespace Fabric.Packets.Ip;

/// <summary>An ICMP or ICMPv6 message, read in place (RFC 792; RFC 4443, section 2.1): both have one shape.</summary>
public readonly ref struct IcmpView
{
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IcmpView icmp)
    {
        bool whole = bytes.Length >= HeaderLength;
        icmp = whole ? new IcmpView(bytes) : default;
        return whole;
    }

    /// <summary>The type, if this is ICMP.</summary>
    public IcmpType Type => (IcmpType)_bytes[0];

    /// <summary>The type, if this is ICMPv6.</summary>
    public IcmpV6Type TypeV6 => (IcmpV6Type)_bytes[0];

    public byte Code => _bytes[1];

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The second word, whose meaning the type decides.</summary>
    public uint Rest => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Of an echo.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Of an echo.</summary>
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>An ICMP error that quotes the packet at fault (RFC 792). Of ICMPv6 ask <see cref="IsErrorV6"/>.</summary>
    public bool IsError => Type is IcmpType.DestinationUnreachable or IcmpType.SourceQuench or IcmpType.Redirect
        or IcmpType.TimeExceeded or IcmpType.ParameterProblem;

    /// <summary>Types below 128 are errors (RFC 4443, section 2.1).</summary>
    public bool IsErrorV6 => _bytes[0] < 128;

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
