using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Links.Linux;

/// <summary>An address and port as the socket calls want them: struct sockaddr_in or sockaddr_in6.</summary>
internal static class SocketAddress
{
    public const int MaxLength = 28;
    public const int Ipv4Family = 2; // AF_INET
    public const int Ipv6Family = 10; // AF_INET6
    private const int Ipv4Length = 16;

    public static int FamilyOf(IpAddress address) => address.IsIpv4 ? Ipv4Family : Ipv6Family;

    public static uint LengthOf(IpAddress address) => address.IsIpv4 ? Ipv4Length : (uint)MaxLength;

    public static void Write(Span<byte> bytes, IpAddress address, ushort port)
    {
        bytes[..MaxLength].Clear();
        BitConverter.TryWriteBytes(bytes, (ushort)FamilyOf(address));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], port);
        address.Write(address.IsIpv4 ? bytes[4..] : bytes[8..]);
    }

    /// <summary>Reads what a receive filled in.</summary>
    public static IpAddress Read(ReadOnlySpan<byte> bytes, out ushort port)
    {
        port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return BitConverter.ToUInt16(bytes) == Ipv4Family ? IpAddress.ReadIpv4(bytes[4..]) : IpAddress.ReadIpv6(bytes[8..]);
    }
}
