namespace Fabric.HostSwitch.Firewall;

/// <summary>The sources, or the destinations, of a list's rules, turned around: from the sets that hold an address to the rules that want it.</summary>
internal sealed class RuleSide
{
    private readonly ulong[] _unlessFound; // rules for any address, and negated ones as long as none of their sets holds it
    private readonly Dictionary<int, int[]> _wanting;
    private readonly Dictionary<int, int[]> _refusing;

    public RuleSide(RuleAddresses[] sides)
    {
        _unlessFound = RuleBits.Of(sides.Length, Enumerable.Range(0, sides.Length).Where(rule => sides[rule].IsAny || sides[rule].IsExcluded));
        _wanting = BySet(sides, static side => !side.IsAny && !side.IsExcluded);
        _refusing = BySet(sides, static side => !side.IsAny && side.IsExcluded);
    }

    /// <summary>Leaves those candidates that an address in these sets, and in no others, can match.</summary>
    public void Restrict(Span<ulong> candidates, Span<ulong> scratch, ReadOnlySpan<int> sets)
    {
        _unlessFound.CopyTo(scratch);
        foreach (int set in sets)
        {
            if (_refusing.TryGetValue(set, out int[]? refusing))
            {
                foreach (int rule in refusing)
                {
                    RuleBits.Clear(scratch, rule);
                }
            }

            if (_wanting.TryGetValue(set, out int[]? wanting))
            {
                foreach (int rule in wanting)
                {
                    RuleBits.Set(scratch, rule);
                }
            }
        }

        RuleBits.And(candidates, scratch);
    }

    private static Dictionary<int, int[]> BySet(RuleAddresses[] sides, Func<RuleAddresses, bool> isOne)
        => Enumerable.Range(0, sides.Length)
            .Where(rule => isOne(sides[rule]))
            .SelectMany(rule => sides[rule].Sets.Distinct().Select(set => (Set: set, Rule: rule)))
            .GroupBy(pair => pair.Set, pair => pair.Rule)
            .ToDictionary(group => group.Key, group => group.ToArray());
}
