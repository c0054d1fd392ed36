using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>An Ethernet II header and what it carries, read in place (IEEE 802.3, section 3.2). The payload may start with VLAN tags.</summary>
public readonly ref struct EthernetView
{
    public const int HeaderLength = 14;

    private readonly ReadOnlySpan<byte> _bytes;

    private EthernetView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EthernetView ethernet)
    {
        bool whole = bytes.Length >= HeaderLength;
        ethernet = whole ? new EthernetView(bytes) : default;
        return whole;
    }

    public MacAddress Destination => MacAddress.Read(_bytes);

    public MacAddress Source => MacAddress.Read(_bytes[6..]);

    /// <summary>As on the wire; below 0x0600 it is the length of an IEEE 802.2 frame.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
