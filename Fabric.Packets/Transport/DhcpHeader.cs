using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Transport;

/// <summary>A DHCPv4 message to send: the fixed part, message type, and further options as given.</summary>
public readonly record struct DhcpHeader(DhcpMessageType MessageType, uint TransactionId, MacAddress ClientMac)
{
    public IpAddress ClientAddress { get; init; } = IpAddress.FromIpv4(0);

    public IpAddress YourAddress { get; init; } = IpAddress.FromIpv4(0);

    public IpAddress ServerAddress { get; init; } = IpAddress.FromIpv4(0);

    public bool IsBroadcast { get; init; }

    /// <summary>Whole options (code, length, value) between the message type and the end mark.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    public int Length => DhcpView.FixedLength + 3 + Options.Length + 1;

    public void Write(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        bytes[0] = (byte)(MessageType is DhcpMessageType.Offer or DhcpMessageType.Ack or DhcpMessageType.Nak ? 2 : 1);
        bytes[1] = 1;
        bytes[2] = MacAddress.Length;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], TransactionId);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)(IsBroadcast ? 0x8000 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], ClientAddress.Ipv4);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], YourAddress.Ipv4);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], ServerAddress.Ipv4);
        ClientMac.Write(bytes[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[236..], DhcpView.MagicCookie);
        bytes[240] = (byte)DhcpOptionCode.MessageType;
        bytes[241] = 1;
        bytes[242] = (byte)MessageType;
        Options.Span.CopyTo(bytes[243..]);
        bytes[243 + Options.Length] = (byte)DhcpOptionCode.End;
    }
}
