namespace Fabric.HostSwitch.Firewall;

/// <summary>A bit for each rule of a list, in words of 64.</summary>
internal static class RuleBits
{
    public static int WordsFor(int rules) => (rules + 63) >> 6;

    public static ulong[] Of(int rules, IEnumerable<int> members)
    {
        var bits = new ulong[WordsFor(rules)];
        foreach (int member in members)
        {
            Set(bits, member);
        }

        return bits;
    }

    public static void Set(Span<ulong> bits, int rule) => bits[rule >> 6] |= 1UL << (rule & 63);

    public static void Clear(Span<ulong> bits, int rule) => bits[rule >> 6] &= ~(1UL << (rule & 63));

    public static void And(Span<ulong> bits, ReadOnlySpan<ulong> other)
    {
        for (int word = 0; word < bits.Length; word++)
        {
            bits[word] &= other[word];
        }
    }
}
