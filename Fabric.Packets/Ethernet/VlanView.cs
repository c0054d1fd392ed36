using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>The rest of a VLAN tag behind its EtherType, and what it carries (IEEE 802.1Q, section 9.6). Tags nest: QinQ.</summary>
public readonly ref struct VlanView
{
    /// <summary>Bytes a tag adds to a frame.</summary>
    public const int TagLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private VlanView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in: the payload of a header whose EtherType is Vlan or ServiceVlan.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VlanView vlan)
    {
        bool whole = bytes.Length >= TagLength;
        vlan = whole ? new VlanView(bytes) : default;
        return whole;
    }

    public VlanTag Tag => new(BinaryPrimitives.ReadUInt16BigEndian(_bytes));

    /// <summary>Of what follows the tag.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public ReadOnlySpan<byte> Payload => _bytes[TagLength..];
}
