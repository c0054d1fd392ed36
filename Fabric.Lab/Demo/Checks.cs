namespace Fabric.Lab.Demo;

/// <summary>What a demo claims, each held against what really happened, and told as it goes.</summary>
internal sealed class Checks(TextWriter output)
{
    private readonly List<(string Claim, bool Held, string Detail)> _all = [];

    public IReadOnlyList<(string Claim, bool Held, string Detail)> All => _all;

    public bool AllHeld => _all.Count > 0 && _all.TrueForAll(c => c.Held);

    public void Tell(string text) => output.WriteLine($"\n{text}");

    public void Detail(string text) => output.WriteLine($"      {text.Replace("\n", "\n      ", StringComparison.Ordinal)}");

    public void Record(string claim, bool held, string detail)
    {
        _all.Add((claim, held, detail));
        output.WriteLine($"  {(held ? "ok  " : "FAIL")} {claim}");
        if (detail.Length > 0)
        {
            Detail(detail);
        }
    }
}
