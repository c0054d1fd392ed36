using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>An SCTP common header to send. Its CRC is filled in once the packet stands: <c>TransportChecksum.Fill</c>.</summary>
public readonly record struct SctpHeader(ushort SourcePort, ushort DestinationPort, uint VerificationTag)
{
    public const int Length = SctpView.HeaderLength;

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], VerificationTag);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], 0);
    }
}
