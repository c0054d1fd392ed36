using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// All address sets of a generation, turned around: which of them hold an address, by one search however many there are. Addresses
/// fall into intervals within which the answer is the same. Immutable, and rebuilt beside the rules when a set changes.
/// </summary>
internal sealed class AddressIndex
{
    private readonly UInt128[] _starts;
    private readonly int[][] _holders;
    private readonly uint[] _startsIpv4;
    private readonly int[][] _holdersIpv4;
    private readonly Dictionary<MacAddress, int[]> _macs;

    public AddressIndex(AddressSet[] sets)
    {
        Sets = sets;
        var ranges = sets.SelectMany((set, number) => set.Ranges.Select(range => (range.First, range.Last, Set: number))).ToList();
        (UInt128[] starts, _holdersIpv4) = Sweep(ranges.Where(range => range.First.IsIpv4));
        _startsIpv4 = Array.ConvertAll(starts, start => (uint)start);
        (_starts, _holders) = Sweep(ranges.Where(range => !range.First.IsIpv4));
        _macs = sets.SelectMany((set, number) => set.Macs.Select(mac => (Mac: mac, Set: number)))
            .GroupBy(pair => pair.Mac, pair => pair.Set)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>By the numbers that rules name them by.</summary>
    public AddressSet[] Sets { get; }

    /// <summary>Numbers of the sets that hold the address.</summary>
    public ReadOnlySpan<int> SetsOf(IpAddress address)
        => address.IsIpv4 ? HoldersOf(_startsIpv4, _holdersIpv4, address.Ipv4) : HoldersOf(_starts, _holders, address.Bits);

    public ReadOnlySpan<int> SetsOf(MacAddress mac) => _macs.GetValueOrDefault(mac);

    private static ReadOnlySpan<int> HoldersOf<T>(T[] starts, int[][] holders, T address)
        where T : IComparable<T>
    {
        int at = starts.AsSpan().BinarySearch(address);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? [] : holders[at];
    }

    /// <summary>Walks along all ends of ranges in rising order, with the sets that are open at each.</summary>
    private static (UInt128[] Starts, int[][] Holders) Sweep(IEnumerable<(IpAddress First, IpAddress Last, int Set)> ranges)
    {
        var ends = ranges.SelectMany(range => new[]
            {
                (At: range.First.Bits, range.Set, Opens: true),
                (At: range.Last.Bits + 1, range.Set, Opens: false),
            })
            .Where(end => end.Opens || end.At != 0) // a range up to the last address of all never closes
            .OrderBy(end => end.At)
            .ToList();
        var starts = new List<UInt128>();
        var holders = new List<int[]>();
        var open = new SortedSet<int>();
        for (int place = 0; place < ends.Count;)
        {
            var at = ends[place].At;
            var opening = new List<int>();
            for (; place < ends.Count && ends[place].At == at; place++)
            {
                if (ends[place].Opens)
                {
                    opening.Add(ends[place].Set);
                }
                else
                {
                    open.Remove(ends[place].Set);
                }
            }

            open.UnionWith(opening); // after the closing: a set's next range may touch its last
            starts.Add(at);
            holders.Add([.. open]);
        }

        return ([.. starts], [.. holders]);
    }
}
