using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>A TCP header to send. Its checksum is filled in once the packet stands: <c>TransportChecksum.Fill</c>.</summary>
public readonly record struct TcpHeader(ushort SourcePort, ushort DestinationPort, uint Sequence, uint Acknowledgment, TcpFlags Flags)
{
    public ushort Window { get; init; } = ushort.MaxValue;

    public ushort UrgentPointer { get; init; }

    /// <summary>Whole options, padded to a multiple of four bytes, 40 at most.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    public int Length => TcpView.MinimumHeaderLength + Options.Length;

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Acknowledgment);
        bytes[12] = (byte)(Length / 4 << 4);
        bytes[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], Window);
        bytes[16] = 0;
        bytes[17] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[18..], UrgentPointer);
        Options.Span.CopyTo(bytes[TcpView.MinimumHeaderLength..]);
    }
}
