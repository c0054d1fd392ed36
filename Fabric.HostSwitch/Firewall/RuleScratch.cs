namespace Fabric.HostSwitch.Firewall;

/// <summary>Room for one lookup: the candidates, and what one side of the rules allows. Belongs to the packet thread; grows to the longest list.</summary>
internal sealed class RuleScratch
{
    private ulong[] _candidates = [];
    private ulong[] _side = [];

    public RuleRoom Words(int count)
    {
        if (_candidates.Length < count)
        {
            _candidates = new ulong[count];
            _side = new ulong[count];
        }

        return new RuleRoom(_candidates.AsSpan(0, count), _side.AsSpan(0, count));
    }
}

/// <summary>The two spans of one lookup.</summary>
internal readonly ref struct RuleRoom(Span<ulong> candidates, Span<ulong> side)
{
    private readonly Span<ulong> _candidates = candidates;
    private readonly Span<ulong> _side = side;

    public void Deconstruct(out Span<ulong> candidates, out Span<ulong> side)
    {
        candidates = _candidates;
        side = _side;
    }
}
