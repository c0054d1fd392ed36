using System.Buffers.Binary;

namespace Fabric.Packets.Tunnels;

/// <summary>A BFD control packet to send. Intervals are microseconds.</summary>
public readonly record struct BfdHeader(BfdState State, uint MyDiscriminator, uint YourDiscriminator)
{
    public const int Length = BfdView.PacketLength;

    public BfdDiagnostic Diagnostic { get; init; }

    public bool IsPoll { get; init; }

    public bool IsFinal { get; init; }

    public byte DetectMultiplier { get; init; } = 3;

    public uint DesiredMinTxInterval { get; init; } = 1_000_000;

    public uint RequiredMinRxInterval { get; init; } = 1_000_000;

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)(0x20 | (byte)Diagnostic);
        bytes[1] = (byte)(((byte)State << 6) | (IsPoll ? 0x20 : 0) | (IsFinal ? 0x10 : 0));
        bytes[2] = DetectMultiplier;
        bytes[3] = Length;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], MyDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], YourDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], DesiredMinTxInterval);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], RequiredMinRxInterval);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], 0);
    }
}
