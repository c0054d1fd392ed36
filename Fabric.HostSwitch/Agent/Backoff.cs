namespace Fabric.HostSwitch.Agent;

/// <summary>How long to wait before dialing again: doubling from a quarter second to five, with jitter so that hosts do not come in step.</summary>
internal sealed class Backoff(Random chance)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = Shortest;

    /// <summary>A host's own sequence, the same in each run.</summary>
    public static Backoff Of(string nodeId) => new(new Random(nodeId.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter))));

    public TimeSpan Next()
    {
        var wait = _next * (0.5 + (chance.NextDouble() / 2));
        _next = _next * 2 > Longest ? Longest : _next * 2;
        return wait;
    }

    public void Reset() => _next = Shortest;
}
