using System.Globalization;

namespace Fabric.Manager.Search;

/// <summary>Every value that a field has anywhere. In order, for prefixes and ranges, only once somebody asks for one.</summary>
internal sealed class FieldTerms(string name)
{
    private static readonly Comparer<IndexTerm> TextOrder = Comparer<IndexTerm>.Create((left, right) => string.CompareOrdinal(left.Text, right.Text));

    private static readonly Comparer<IndexTerm> NumberOrder = Comparer<IndexTerm>.Create((left, right) => NumberOf(left.Text).CompareTo(NumberOf(right.Text)));

    private readonly Dictionary<string, IndexTerm> _terms = [];
    private SortedSet<IndexTerm>? _byText;
    private SortedSet<IndexTerm>? _byNumber;

    public string Name => name;

    public IEnumerable<IndexTerm> All => _terms.Values;

    public IndexTerm? Find(string text) => _terms.GetValueOrDefault(text);

    public IndexTerm FindOrAdd(string text)
    {
        if (!_terms.TryGetValue(text, out var term))
        {
            term = new IndexTerm(this, text);
            _terms.Add(text, term);
            _byText?.Add(term);
            if (_byNumber is not null && IsNumber(text))
            {
                _byNumber.Add(term);
            }
        }

        return term;
    }

    public void Drop(IndexTerm term)
    {
        _terms.Remove(term.Text);
        _byText?.Remove(term);
        if (_byNumber is not null && IsNumber(term.Text))
        {
            _byNumber.Remove(term);
        }
    }

    public IEnumerable<IndexTerm> StartingWith(string prefix)
    {
        if (prefix.Length == 0)
        {
            return _terms.Values;
        }

        _byText ??= new SortedSet<IndexTerm>(_terms.Values, TextOrder);
        return _byText.GetViewBetween(Bound(prefix), Bound(prefix + char.MaxValue));
    }

    public IEnumerable<IndexTerm> Between(SearchQuery.Between range)
    {
        bool numeric = IsNumberOrOpen(range.From) && IsNumberOrOpen(range.To);
        SortedSet<IndexTerm> ordered = numeric
            ? _byNumber ??= new SortedSet<IndexTerm>(_terms.Values.Where(term => IsNumber(term.Text)), NumberOrder)
            : _byText ??= new SortedSet<IndexTerm>(_terms.Values, TextOrder);
        if (ordered.Count == 0)
        {
            return [];
        }

        var from = range.From is null ? ordered.Min! : Bound(range.From);
        var to = range.To is null ? ordered.Max! : Bound(range.To);
        return ordered.Comparer.Compare(from, to) > 0 ? [] : ordered.GetViewBetween(from, to).Where(term => Holds(range, term.Text));
    }

    /// <summary>Whether a value lies in the range.</summary>
    public static bool Holds(SearchQuery.Between range, string text)
    {
        bool numeric = IsNumberOrOpen(range.From) && IsNumberOrOpen(range.To);
        if (numeric && !IsNumber(text))
        {
            return false;
        }

        int Compare(string bound) => numeric ? NumberOf(text).CompareTo(NumberOf(bound)) : string.CompareOrdinal(text, bound);
        return (range.From is null || Compare(range.From) is var low && (low > 0 || (low == 0 && range.IncludesFrom)))
            && (range.To is null || Compare(range.To) is var high && (high < 0 || (high == 0 && range.IncludesTo)));
    }

    private IndexTerm Bound(string text) => new(this, text);

    private static bool IsNumberOrOpen(string? bound) => bound is null || IsNumber(bound);

    /// <summary>Whole numbers as they are written in JSON; each has one form, so that equal ones are one term.</summary>
    private static bool IsNumber(string text)
        => text.Length is > 0 and < 20
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && text == number.ToString(CultureInfo.InvariantCulture);

    private static long NumberOf(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
