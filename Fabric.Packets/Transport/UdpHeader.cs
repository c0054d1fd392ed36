using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>A UDP header to send. Its checksum is filled in once the packet stands: <c>TransportChecksum.Fill</c>.</summary>
public readonly record struct UdpHeader(ushort SourcePort, ushort DestinationPort, int PayloadLength)
{
    public const int Length = UdpView.HeaderLength;

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(Length + PayloadLength));
        bytes[6] = 0;
        bytes[7] = 0;
    }
}
