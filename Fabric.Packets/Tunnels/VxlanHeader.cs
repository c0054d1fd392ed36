using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Tunnels;

/// <summary>A VXLAN header to send.</summary>
public readonly record struct VxlanHeader(Vni Vni)
{
    public const int Length = VxlanView.HeaderLength;

    /// <summary>Reserved flag bit by which our hosts ask each other to replicate a frame in their subnet.</summary>
    public const byte ReplicateFlag = 0x04;

    /// <summary>Reserved flag bit by which our hosts tell each other that a frame is traced.</summary>
    public const byte TraceFlag = 0x02;

    /// <summary>Marks between our own hosts, beside the I flag that is always set; 0 to anyone else.</summary>
    public byte ExtraFlags { get; init; }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(0x08 | ExtraFlags) << 24);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Vni.Value << 8);
    }
}
