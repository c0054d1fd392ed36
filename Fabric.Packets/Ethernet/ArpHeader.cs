using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>An ARP packet to send, for IPv4 over Ethernet.</summary>
public readonly record struct ArpHeader(
    ArpOperation Operation, MacAddress SenderMac, IpAddress SenderAddress, MacAddress TargetMac, IpAddress TargetAddress)
{
    public const int Length = ArpView.PacketLength;

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)EtherType.Ipv4);
        bytes[4] = MacAddress.Length;
        bytes[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)Operation);
        SenderMac.Write(bytes[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[14..], SenderAddress.Ipv4);
        TargetMac.Write(bytes[18..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[24..], TargetAddress.Ipv4);
    }
}
