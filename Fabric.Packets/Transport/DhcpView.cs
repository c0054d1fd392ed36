using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Transport;

/// <summary>A DHCPv4 message, read in place (RFC 2131, section 2).</summary>
public readonly ref struct DhcpView
{
    /// <summary>The fixed part and the magic cookie.</summary>
    public const int FixedLength = 240;
    public const ushort ServerPort = 67;
    public const ushort ClientPort = 68;
    internal const uint MagicCookie = 0x63825363;

    private readonly ReadOnlySpan<byte> _bytes;

    private DhcpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in: the payload of UDP to or from ports 67 and 68. BOOTP without the cookie is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DhcpView dhcp)
    {
        bool whole = bytes.Length >= FixedLength
            && bytes[0] is 1 or 2
            && bytes[1] == 1 // Ethernet
            && bytes[2] == MacAddress.Length
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[236..]) == MagicCookie;
        dhcp = whole ? new DhcpView(bytes) : default;
        return whole;
    }

    /// <summary>From a client; else from a server.</summary>
    public bool IsRequest => _bytes[0] == 1;

    public uint TransactionId => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The client's present address (ciaddr).</summary>
    public IpAddress ClientAddress => IpAddress.ReadIpv4(_bytes[12..]);

    /// <summary>The address given to the client (yiaddr).</summary>
    public IpAddress YourAddress => IpAddress.ReadIpv4(_bytes[16..]);

    public MacAddress ClientMac => MacAddress.Read(_bytes[28..]);

    public DhcpMessageType MessageType
        => TryFindOption(DhcpOptionCode.MessageType, out var value) && value.Length == 1 ? (DhcpMessageType)value[0] : DhcpMessageType.None;

    /// <summary>Seconds; 0 if not told.</summary>
    public uint LeaseTime
        => TryFindOption(DhcpOptionCode.LeaseTime, out var value) && value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;

    public ReadOnlySpan<byte> OptionBytes => _bytes[FixedLength..];

    /// <summary>The first option of this code (overloaded sname and file fields are not searched).</summary>
    public bool TryFindOption(DhcpOptionCode code, out ReadOnlySpan<byte> value)
    {
        var rest = OptionBytes;
        while (rest.Length > 0 && rest[0] != (byte)DhcpOptionCode.End)
        {
            if (rest[0] == (byte)DhcpOptionCode.Pad)
            {
                rest = rest[1..];
                continue;
            }

            if (rest.Length < 2 || rest.Length < 2 + rest[1])
            {
                break;
            }

            if (rest[0] == (byte)code)
            {
                value = rest.Slice(2, rest[1]);
                return true;
            }

            rest = rest[(2 + rest[1])..];
        }

        value = default;
        return false;
    }
}
