using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>An IPv6 header to send. <c>PayloadLength</c> counts extension headers.</summary>
public readonly record struct Ipv6Header(IpAddress Source, IpAddress Destination, IpProtocol NextHeader, int PayloadLength)
{
    public const int Length = Ipv6View.HeaderLength;

    public byte HopLimit { get; init; } = 64;

    public int Dscp { get; init; }

    public int Ecn { get; init; }

    public uint FlowLabel { get; init; }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(
            bytes, 0x6000_0000 | ((uint)Dscp << 22) | (((uint)Ecn & 3) << 20) | (FlowLabel & 0xF_FFFF));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)PayloadLength);
        bytes[6] = (byte)NextHeader;
        bytes[7] = HopLimit;
        BinaryPrimitives.WriteUInt128BigEndian(bytes[8..], Source.Bits);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[24..], Destination.Bits);
    }
}
