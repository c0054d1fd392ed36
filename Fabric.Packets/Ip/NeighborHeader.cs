using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>
/// A neighbor solicitation or advertisement to send, from its ICMPv6 type on, with its link address option if there is one.
/// The checksum is filled in once the IPv6 header stands: <c>TransportChecksum.Fill</c>.
/// </summary>
public readonly record struct NeighborHeader(IcmpV6Type Type, IpAddress Target, MacAddress? LinkAddress)
{
    /// <summary>What RFC 4861 demands of every neighbor discovery packet, so that no router can have passed it.</summary>
    public const byte HopLimit = 255;

    public bool IsRouter { get; init; }

    public bool IsSolicited { get; init; }

    public bool IsOverride { get; init; }

    public int Length => 24 + (LinkAddress is null ? 0 : 8);

    public static NeighborHeader Solicitation(IpAddress target, MacAddress? source) => new(IcmpV6Type.NeighborSolicitation, target, source);

    public static NeighborHeader Advertisement(IpAddress target, MacAddress? mac) => new(IcmpV6Type.NeighborAdvertisement, target, mac);

    /// <summary>ff02::1:ffXX:XXXX of the target (RFC 4291, section 2.7.1).</summary>
    public static IpAddress SolicitedNodeAddress(IpAddress target)
        => new(((UInt128)0xFF02 << 112) | ((UInt128)0x1_FF00_0000) | (target.Bits & 0xFF_FFFF));

    /// <summary>33:33 and the low 32 bits of a multicast address (RFC 2464, section 7).</summary>
    public static MacAddress MulticastMac(IpAddress group) => new(0x3333_0000_0000 | (ulong)(uint)group.Bits);

    public void Write(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        bytes[0] = (byte)Type;
        bytes[4] = (byte)((IsRouter ? 0x80 : 0) | (IsSolicited ? 0x40 : 0) | (IsOverride ? 0x20 : 0));
        BinaryPrimitives.WriteUInt128BigEndian(bytes[8..], Target.Bits);
        if (LinkAddress is { } mac)
        {
            bytes[24] = (byte)(Type == IcmpV6Type.NeighborAdvertisement ? NdOptionType.TargetLinkAddress : NdOptionType.SourceLinkAddress);
            bytes[25] = 1;
            mac.Write(bytes[26..]);
        }
    }
}
