using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>An ARP packet for IPv4 over Ethernet, read in place (RFC 826; the only kind there is in practice).</summary>
public readonly ref struct ArpView
{
    public const int PacketLength = 28;

    private readonly ReadOnlySpan<byte> _bytes;

    private ArpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ArpView arp)
    {
        bool whole = bytes.Length >= PacketLength
            && BinaryPrimitives.ReadUInt16BigEndian(bytes) == 1 // Ethernet
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == (ushort)EtherType.Ipv4
            && bytes[4] == MacAddress.Length
            && bytes[5] == 4;
        arp = whole ? new ArpView(bytes) : default;
        return whole;
    }

    public ArpOperation Operation => (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    public MacAddress SenderMac => MacAddress.Read(_bytes[8..]);

    public IpAddress SenderAddress => IpAddress.ReadIpv4(_bytes[14..]);

    public MacAddress TargetMac => MacAddress.Read(_bytes[18..]);

    public IpAddress TargetAddress => IpAddress.ReadIpv4(_bytes[24..]);

    /// <summary>Asks whether an address is taken, without claiming it (RFC 5227, section 1.1).</summary>
    public bool IsProbe => Operation == ArpOperation.Request && SenderAddress.IsUnspecified;

    /// <summary>Claims an address to everyone (RFC 5227, section 1.1).</summary>
    public bool IsGratuitous => SenderAddress == TargetAddress;
}
