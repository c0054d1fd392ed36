using System.Buffers;

namespace Fabric.Manager.Catalog.Policy;

/// <summary>What an id in a path may look like.</summary>
internal static class PolicyIds
{
    private const int Longest = 255;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\;?#%\"<>");

    public static bool IsAllowed(string id)
        => id.Length is > 0 and <= Longest && id.AsSpan().IndexOfAny(Forbidden) < 0 && id is not ("." or "..") && !id.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter));
}
