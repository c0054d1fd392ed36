using System.Text;

namespace Fabric.Manager.Search;

/// <summary>What a value of a query matches, without regard to case: a text, in which unquoted <c>*</c> and <c>?</c> stand for others.</summary>
internal sealed class SearchPattern : IEquatable<SearchPattern>
{
    private const char AnyText = '\uE000'; // private use: never in what clients store
    private const char AnyLetter = '\uE001';

    private readonly string _letters;

    private SearchPattern(string letters)
    {
        _letters = letters;
        int wild = letters.AsSpan().IndexOfAny(AnyText, AnyLetter);
        IsExact = wild < 0;
        Prefix = wild < 0 ? letters : letters[..wild];
        IsPrefix = wild == letters.Length - 1 && letters.Length > 0 && letters[wild] == AnyText;
    }

    /// <summary>No wildcards: the text itself.</summary>
    public bool IsExact { get; }

    /// <summary>Every text that starts with <see cref="Prefix"/>.</summary>
    public bool IsPrefix { get; }

    /// <summary>What comes before the first wildcard.</summary>
    public string Prefix { get; }

    public static SearchPattern Exactly(string text) => new(Normal(text));

    /// <summary>Texts are compared as this.</summary>
    public static string Normal(string text) => text.ToLowerInvariant();

    /// <summary>Of a normal text.</summary>
    public bool Matches(string text)
        => IsExact ? text == Prefix : IsPrefix ? text.StartsWith(Prefix, StringComparison.Ordinal) : Glob(text);

    /// <summary>The same with other letters; null where nothing changes.</summary>
    public SearchPattern? Rewritten(Func<string, string> rewrite)
    {
        string other = Normal(rewrite(_letters));
        return other == _letters ? null : new SearchPattern(other);
    }

    public bool Equals(SearchPattern? other) => other is not null && other._letters == _letters;

    public override bool Equals(object? obj) => Equals(obj as SearchPattern);

    public override int GetHashCode() => _letters.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _letters.Replace(AnyText, '*').Replace(AnyLetter, '?');

    /// <summary>Greedy, going back to the last star only: no worse than text times pattern.</summary>
    private bool Glob(string text)
    {
        int at = 0;
        int here = 0;
        int star = -1;
        int resume = 0;
        while (at < text.Length)
        {
            if (here < _letters.Length && _letters[here] == AnyText)
            {
                star = here++;
                resume = at;
            }
            else if (here < _letters.Length && (_letters[here] == AnyLetter || _letters[here] == text[at]))
            {
                here++;
                at++;
            }
            else if (star >= 0)
            {
                here = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (here < _letters.Length && _letters[here] == AnyText)
        {
            here++;
        }

        return here == _letters.Length;
    }

    /// <summary>Gathers a pattern letter by letter.</summary>
    public sealed class Builder
    {
        private readonly StringBuilder _letters = new();

        public int Length => _letters.Length;

        public void Literal(char letter) => _letters.Append(letter);

        public void Wildcard(char letter)
        {
            char wild = letter == '*' ? AnyText : AnyLetter;
            if (wild != AnyText || _letters.Length == 0 || _letters[^1] != AnyText)
            {
                _letters.Append(wild);
            }
        }

        public SearchPattern Build() => new(Normal(_letters.ToString()));

        public override string ToString() => _letters.ToString();
    }
}
