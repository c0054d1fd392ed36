using Fabric.Packets.Addresses;

namespace Fabric.Packets.Checksums;

/// <summary>
/// Mends a checksum for a field that changed, without reading the rest: HC' = ~(~HC + ~m + m') (RFC 1624, section 3, equation 3).
/// Fields lie on even offsets, as all of IP's and its transports' do.
/// </summary>
public static class IncrementalChecksum
{
    public static ushort Replace16(ushort checksum, ushort before, ushort after)
    {
        uint sum = (uint)(ushort)~checksum + (ushort)~before + after;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    public static ushort Replace32(ushort checksum, uint before, uint after)
    {
        uint sum = (uint)(ushort)~checksum + (ushort)~(before >> 16) + (ushort)~before + (after >> 16) + (after & 0xFFFF);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>For an address of either family; both are of the same.</summary>
    public static ushort ReplaceAddress(ushort checksum, IpAddress before, IpAddress after)
    {
        if (before.IsIpv4)
        {
            return Replace32(checksum, before.Ipv4, after.Ipv4);
        }

        for (int shift = 96; shift >= 0; shift -= 32)
        {
            checksum = Replace32(checksum, (uint)(before.Bits >> shift), (uint)(after.Bits >> shift));
        }

        return checksum;
    }
}
