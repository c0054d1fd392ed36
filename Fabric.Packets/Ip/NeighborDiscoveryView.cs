using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>
/// A neighbor discovery message, read in place: router or neighbor solicitation or advertisement (RFC 4861, sections 4.1 to 4.4).
/// Parsing makes the checks of sections 6.1 and 7.1 that need only the message; hop limit 255 and addresses are the caller's.
/// </summary>
public readonly ref struct NeighborDiscoveryView
{
    private readonly ReadOnlySpan<byte> _bytes;

    private NeighborDiscoveryView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The only door in: an ICMPv6 message from its type on. Once it answers true, no property below can throw.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NeighborDiscoveryView message)
    {
        message = default;
        if (bytes.Length < IcmpView.HeaderLength || bytes[1] != 0)
        {
            return false;
        }

        int fixedLength = FixedLengthOf((IcmpV6Type)bytes[0]);
        if (fixedLength == 0 || bytes.Length < fixedLength || !NdOptions.AreWhole(bytes[fixedLength..]))
        {
            return false;
        }

        message = new NeighborDiscoveryView(bytes);
        return true;
    }

    public IcmpV6Type Type => (IcmpV6Type)_bytes[0];

    public bool IsNeighborMessage => Type is IcmpV6Type.NeighborSolicitation or IcmpV6Type.NeighborAdvertisement;

    /// <summary>Whose address is asked for or told; unspecified for router messages.</summary>
    public IpAddress Target => IsNeighborMessage ? IpAddress.ReadIpv6(_bytes[8..]) : default;

    /// <summary>Of a neighbor advertisement: the sender is a router.</summary>
    public bool IsRouter => (_bytes[4] & 0x80) != 0;

    /// <summary>Of a neighbor advertisement: answers a solicitation.</summary>
    public bool IsSolicited => (_bytes[4] & 0x40) != 0;

    /// <summary>Of a neighbor advertisement: replaces what is cached.</summary>
    public bool IsOverride => (_bytes[4] & 0x20) != 0;

    /// <summary>Of a router advertisement, in seconds.</summary>
    public ushort RouterLifetime => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    public ReadOnlySpan<byte> OptionBytes => _bytes[FixedLengthOf(Type)..];

    public NdOptions Options => new(OptionBytes);

    /// <summary>The sender's (solicitations, router advertisements) or the target's (neighbor advertisements) link address, if told.</summary>
    public bool TryGetLinkAddress(out MacAddress mac) => NdOptions.TryFindLinkAddress(
        OptionBytes,
        Type == IcmpV6Type.NeighborAdvertisement ? NdOptionType.TargetLinkAddress : NdOptionType.SourceLinkAddress,
        out mac);

    private static int FixedLengthOf(IcmpV6Type type) => type switch
    {
        IcmpV6Type.RouterSolicitation => 8,
        IcmpV6Type.RouterAdvertisement => 16,
        IcmpV6Type.NeighborSolicitation or IcmpV6Type.NeighborAdvertisement => 24,
        _ => 0,
    };
}
