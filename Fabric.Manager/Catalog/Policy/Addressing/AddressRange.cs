using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Addresses from one to another, both included.</summary>
internal readonly record struct AddressRange(IpAddress First, IpAddress Last)
{
    /// <summary>How many there are; the whole of IPv6 would be one too many to count and is no range that anybody has.</summary>
    public UInt128 Count => Last.Bits - First.Bits + 1;

    public static AddressRange Of(IpPrefix prefix) => new(prefix.Network, prefix.Last);

    public static AddressRange Of(IpPoolRange range) => new(IpAddress.Parse(range.Start), IpAddress.Parse(range.End));

    /// <summary>An address, a CIDR block or a range, as checked before.</summary>
    public static AddressRange Parse(string text)
        => TextForms.TryRange(text, out var first, out var last) ? new(first, last) : throw new FormatException($"'{text}' is no address, block or range");

    public bool Contains(IpAddress address) => First <= address && address <= Last;

    public bool Contains(AddressRange other) => First <= other.First && other.Last <= Last;

    public bool Overlaps(AddressRange other) => First <= other.Last && other.First <= Last;

    /// <summary>The first place of that size in the spaces which nothing taken touches, at a multiple of its size.</summary>
    public static AddressRange? FirstFree(IEnumerable<AddressRange> spaces, IEnumerable<AddressRange> taken, UInt128 size)
    {
        var sorted = taken.OrderBy(range => range.First).ToList();
        foreach (var space in spaces)
        {
            var from = AlignUp(space.First.Bits, size);
            foreach (var range in sorted)
            {
                if (range.Last.Bits < from)
                {
                    continue;
                }

                if (range.First.Bits >= from + size)
                {
                    break;
                }

                from = AlignUp(range.Last.Bits + 1, size);
            }

            if (from >= space.First.Bits && from + (size - 1) >= from && from + (size - 1) <= space.Last.Bits)
            {
                return new AddressRange(new IpAddress(from), new IpAddress(from + (size - 1)));
            }
        }

        return null;
    }

    private static UInt128 AlignUp(UInt128 address, UInt128 size) => (address + (size - 1)) & ~(size - 1);
}
