using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Tunnels;

/// <summary>A Geneve header to send.</summary>
public readonly record struct GeneveHeader(Vni Vni)
{
    public EtherType ProtocolType { get; init; } = EtherType.TransparentEthernetBridging;

    public bool IsControl { get; init; }

    public bool HasCriticalOptions { get; init; }

    /// <summary>Whole options, each a multiple of four bytes, 252 in all at most.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    public int Length => GeneveView.FixedLength + Options.Length;

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)(Options.Length / 4);
        bytes[1] = (byte)((IsControl ? 0x80 : 0) | (HasCriticalOptions ? 0x40 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)ProtocolType);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Vni.Value << 8);
        Options.Span.CopyTo(bytes[GeneveView.FixedLength..]);
    }
}
