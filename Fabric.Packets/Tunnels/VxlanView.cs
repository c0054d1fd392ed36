using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Tunnels;

/// <summary>A VXLAN header and the frame it carries, read in place (RFC 7348, section 5).</summary>
public readonly ref struct VxlanView
{
    public const int HeaderLength = 8;
    public const ushort UdpPort = 4789;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in. Reserved bits are ignored on receipt, the I flag must be set.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanView vxlan)
    {
        bool whole = bytes.Length >= HeaderLength && (bytes[0] & 0x08) != 0;
        vxlan = whole ? new VxlanView(bytes) : default;
        return whole;
    }

    /// <summary>All of it: the reserved bits carry the fabric's own marks between its own hosts (reference: nsx-dataplane.md, 1.5).</summary>
    public byte Flags => _bytes[0];

    public Vni Vni => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
