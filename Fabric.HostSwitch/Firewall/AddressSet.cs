using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>The addresses that a rule names by one word. Immutable: sorted ranges that neither touch nor overlap.</summary>
internal sealed class AddressSet
{
    private readonly uint[] _firstIpv4;
    private readonly uint[] _lastIpv4;
    private readonly UInt128[] _firstIpv6;
    private readonly UInt128[] _lastIpv6;
    private readonly ulong[] _macs;

    private AddressSet(IEnumerable<(IpAddress First, IpAddress Last)> ranges, IEnumerable<MacAddress> macs)
    {
        var all = ranges.ToList();
        (UInt128[] first, UInt128[] last) = Merge(all.Where(range => range.First.IsIpv4));
        _firstIpv4 = [.. first.Select(bits => (uint)bits)];
        _lastIpv4 = [.. last.Select(bits => (uint)bits)];
        (_firstIpv6, _lastIpv6) = Merge(all.Where(range => !range.First.IsIpv4));
        _macs = [.. macs.Select(mac => mac.Value).Distinct().Order()];
    }

    /// <summary>Holds nothing, so matches nothing: what a rule sees whose set has not arrived (reference: nsx-dataplane.md, 4.3).</summary>
    public static AddressSet Empty { get; } = new([], []);

    public static bool TryCreate(HostAddressSet said, out AddressSet set, out string reason)
    {
        set = Empty;
        var ranges = new List<(IpAddress, IpAddress)>(said.Ranges.Count);
        foreach (var range in said.Ranges)
        {
            if (!IpAddress.TryRead(range.First.Span, out var first)
                || !IpAddress.TryRead(range.Last.Span, out var last)
                || first.IsIpv4 != last.IsIpv4
                || first > last)
            {
                reason = "a range is not two addresses of one family in rising order";
                return false;
            }

            ranges.Add((first, last));
        }

        if (said.Macs.Any(mac => mac.Length != MacAddress.Length))
        {
            reason = "a MAC address is not six bytes long";
            return false;
        }

        reason = "";
        set = new AddressSet(ranges, said.Macs.Select(mac => MacAddress.Read(mac.Span)));
        return true;
    }

    /// <summary>Its ranges, both ends included, IPv4 first.</summary>
    public IEnumerable<(IpAddress First, IpAddress Last)> Ranges
        => _firstIpv4.Zip(_lastIpv4, (first, last) => (IpAddress.FromIpv4(first), IpAddress.FromIpv4(last)))
            .Concat(_firstIpv6.Zip(_lastIpv6, (first, last) => (new IpAddress(first), new IpAddress(last))));

    public IEnumerable<MacAddress> Macs => _macs.Select(mac => new MacAddress(mac));

    public bool Contains(IpAddress address)
    {
        if (address.IsIpv4)
        {
            int at = LastNotAbove(_firstIpv4, address.Ipv4);
            return at >= 0 && address.Ipv4 <= _lastIpv4[at];
        }
        else
        {
            int at = LastNotAbove(_firstIpv6, address.Bits);
            return at >= 0 && address.Bits <= _lastIpv6[at];
        }
    }

    public bool Contains(MacAddress mac) => _macs.AsSpan().BinarySearch(mac.Value) >= 0;

    private static int LastNotAbove<T>(T[] sorted, T value)
        where T : IComparable<T>
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (sorted[middle].CompareTo(value) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static (UInt128[] First, UInt128[] Last) Merge(IEnumerable<(IpAddress First, IpAddress Last)> ranges)
    {
        var first = new List<UInt128>();
        var last = new List<UInt128>();
        foreach (var range in ranges.OrderBy(range => range.First.Bits))
        {
            if (last.Count > 0 && (last[^1] == UInt128.MaxValue || range.First.Bits <= last[^1] + 1))
            {
                last[^1] = UInt128.Max(last[^1], range.Last.Bits);
            }
            else
            {
                first.Add(range.First.Bits);
                last.Add(range.Last.Bits);
            }
        }

        return ([.. first], [.. last]);
    }
}
