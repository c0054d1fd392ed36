using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>A run of IP addresses of one family, both ends included.</summary>
internal readonly record struct AddressRange(IpAddress First, IpAddress Last)
{
    public static AddressRange Of(IpPrefix prefix) => new(prefix.Network, prefix.Last);

    public static bool TryRead(IpRange range, out AddressRange result)
    {
        bool whole = IpAddress.TryRead(range.First.Span, out var first) & IpAddress.TryRead(range.Last.Span, out var last)
            && first.IsIpv4 == last.IsIpv4 && first <= last;
        result = whole ? new AddressRange(first, last) : default;
        return whole;
    }

    /// <summary>An address, a prefix, or "first-last", as rules may state them.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            bool parsed = IpPrefix.TryParse(text.Trim(), out var prefix);
            range = parsed ? Of(prefix) : default;
            return parsed;
        }

        if (!IpAddress.TryParse(text[..dash].Trim(), out var first) || !IpAddress.TryParse(text[(dash + 1)..].Trim(), out var last)
            || first.IsIpv4 != last.IsIpv4 || first > last)
        {
            return false;
        }

        range = new AddressRange(first, last);
        return true;
    }

    /// <summary>The same addresses in the fewest ranges, in order: one form for one set.</summary>
    public static List<AddressRange> Normalize(IEnumerable<AddressRange> ranges)
    {
        var result = new List<AddressRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (result.Count > 0 && Touches(result[^1], range))
            {
                if (range.Last > result[^1].Last)
                {
                    result[^1] = result[^1] with { Last = range.Last };
                }
            }
            else
            {
                result.Add(range);
            }
        }

        return result;
    }

    public IpRange ToMessage() => new()
    {
        First = UnsafeByteOperations.UnsafeWrap(First.ToBytes()),
        Last = UnsafeByteOperations.UnsafeWrap(Last.ToBytes()),
    };

    private static bool Touches(AddressRange left, AddressRange right)
        => left.First.IsIpv4 == right.First.IsIpv4
            && (right.First <= left.Last || right.First.Bits - left.Last.Bits == UInt128.One);
}
