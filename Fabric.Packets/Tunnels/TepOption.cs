using System.Buffers.Binary;

namespace Fabric.Packets.Tunnels;

/// <summary>Kind of the tunnel endpoint that sent a packet (reference: nsx-dataplane.md, 1.5).</summary>
public enum TepKind : byte
{
    Host = 0,
    Edge = 1,
    Bridge = 2,
}

/// <summary>
/// The one Geneve option of the fabric's data packets: which endpoint sent it, and what the receiver shall do with it. Class
/// 0x0104 is VMware's; the layout within the word is ours (label 17, version 1, trace 1, replicate 1, kind 2, zero 10), because
/// the real one is not published.
/// </summary>
public readonly record struct TepOption(uint Label, bool IsTraced, bool MustReplicate, TepKind Kind)
{
    public const int Length = 8;
    public const ushort Class = 0x0104;
    public const byte Type = 0;
    public const uint MaxLabel = 0x1_FFFF;

    /// <summary>Set while an upgrade is half done.</summary>
    public bool Version { get; init; }

    /// <summary>Finds it among a header's options.</summary>
    public static bool TryFind(in GeneveView geneve, out TepOption option)
    {
        foreach (var candidate in geneve.Options)
        {
            if (candidate is { Class: Class, Type: Type, Value.Length: 4 })
            {
                uint word = BinaryPrimitives.ReadUInt32BigEndian(candidate.Value);
                option = new TepOption(word >> 15, (word & 1 << 13) != 0, (word & 1 << 12) != 0, (TepKind)((word >> 10) & 3))
                {
                    Version = (word & 1 << 14) != 0,
                };
                return true;
            }
        }

        option = default;
        return false;
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Class);
        bytes[2] = Type;
        bytes[3] = 1;
        uint word = (Label << 15) | (Version ? 1u << 14 : 0) | (IsTraced ? 1u << 13 : 0) | (MustReplicate ? 1u << 12 : 0) | ((uint)Kind << 10);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], word);
    }
}
