using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// Which rules of a list can match a packet of one protocol, by its destination port: the wide rules, and the narrow ones of
/// the port's interval. A rule is wide if it asks for no port, or its ranges span many intervals.
/// </summary>
internal sealed class RuleIndex
{
    private const int WidestNarrow = 64;

    private readonly ulong[] _wide; // a bit for each rule of the list
    private readonly int[] _starts;
    private readonly int[][] _narrow;

    /// <param name="rules">The list's rules.</param>
    /// <param name="members">Numbers of the rules that may match, rising.</param>
    /// <param name="protocol">TCP, UDP or SCTP; null: a protocol without ports, so that every rule is wide.</param>
    public RuleIndex(CompiledRule[] rules, int[] members, IpProtocol? protocol)
    {
        var ranges = members
            .Where(_ => protocol is not null)
            .Select(member => (Rule: member, Ranges: RangesOf(rules[member], protocol!.Value)))
            .Where(pair => pair.Ranges is not null)
            .ToDictionary(pair => pair.Rule, pair => pair.Ranges!);
        _starts = [.. ranges.Values.SelectMany(all => all).SelectMany(range => new[] { range.First, range.Last + 1 }).Append(0).Distinct().Order()];
        var narrow = Array.ConvertAll(_starts, _ => new List<int>());
        _wide = RuleBits.Of(rules.Length, []);
        foreach (int member in members)
        {
            var intervals = ranges.TryGetValue(member, out var own) ? IntervalsOf(own) : null;
            if (intervals is { Count: <= WidestNarrow })
            {
                intervals.ForEach(interval => narrow[interval].Add(member));
            }
            else
            {
                RuleBits.Set(_wide, member);
            }
        }

        _narrow = Array.ConvertAll(narrow, list => list.ToArray());
    }

    /// <summary>Marks the rules that can match a packet to this port.</summary>
    public void Mark(Span<ulong> candidates, ushort port)
    {
        _wide.CopyTo(candidates);
        int at = _starts.AsSpan().BinarySearch((int)port);
        foreach (int rule in _narrow[at >= 0 ? at : ~at - 1])
        {
            RuleBits.Set(candidates, rule);
        }
    }

    private static List<(int First, int Last)>? RangesOf(CompiledRule rule, IpProtocol protocol)
    {
        var services = rule.Services.Where(service => service.Protocol is null || service.Protocol == protocol).ToList();
        return rule.Services.Length == 0 || services.Exists(service => service.Destinations.IsAny)
            ? null
            : [.. services.SelectMany(service => service.Destinations.Ranges).Select(range => ((int)range.First, (int)range.Last))];
    }

    private List<int> IntervalsOf(List<(int First, int Last)> ranges)
    {
        var intervals = new SortedSet<int>();
        foreach (var (first, last) in ranges)
        {
            for (int at = Array.BinarySearch(_starts, first); at < _starts.Length && _starts[at] <= last && intervals.Count <= WidestNarrow; at++)
            {
                intervals.Add(at);
            }
        }

        return [.. intervals];
    }
}
