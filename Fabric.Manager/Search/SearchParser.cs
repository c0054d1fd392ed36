using System.Globalization;

namespace Fabric.Manager.Search;

/// <summary>
/// Reads the query language of the search API, which is Lucene's as far as clients use it: <c>field:value</c> with quotes, wildcards and
/// backslash escapes, <c>AND</c>, <c>OR</c>, <c>NOT</c>, parentheses also behind a field, ranges; what stands side by side is AND.
/// </summary>
internal sealed class SearchParser
{
    private const int DeepestNesting = 64;

    private readonly string _text;
    private int _at;
    private int _depth;

    private SearchParser(string text) => _text = text;

    /// <summary>The query, or what is wrong with it.</summary>
    public static (SearchQuery? Query, string? Error) Parse(string text)
    {
        var parser = new SearchParser(IsEncodedTwice(text) ? Uri.UnescapeDataString(text) : text);
        try
        {
            var query = parser.Any(null);
            parser.Blanks();
            return parser._at < parser._text.Length
                ? throw parser.Wrong("there is no '(' for this ')'")
                : (query, null);
        }
        catch (FormatException wrong)
        {
            return (null, wrong.Message);
        }
    }

    /// <summary>Some SDKs encode the whole query once more than HTTP takes off.</summary>
    private static bool IsEncodedTwice(string text)
        => !text.AsSpan().ContainsAny(" :\"") && (text.Contains("%3A", StringComparison.OrdinalIgnoreCase) || text.Contains("%20", StringComparison.Ordinal));

    private SearchQuery Any(string? field)
    {
        if (++_depth > DeepestNesting)
        {
            throw Wrong("it is nested too deeply");
        }

        var parts = new List<SearchQuery> { All(field) };
        while (Word("OR") || Word("||"))
        {
            parts.Add(All(field));
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new SearchQuery.Or(parts);
    }

    private SearchQuery All(string? field)
    {
        var parts = new List<SearchQuery> { One(field) };
        while (true)
        {
            if (Word("AND") || Word("&&"))
            {
                parts.Add(One(field));
                continue;
            }

            Blanks();
            if (_at >= _text.Length || _text[_at] == ')' || Ahead("OR") || Ahead("||"))
            {
                return parts.Count == 1 ? parts[0] : new SearchQuery.And(parts);
            }

            parts.Add(One(field));
        }
    }

    private SearchQuery One(string? field)
    {
        bool negated = false;
        while (Word("NOT") || Sign('!') || Sign('-'))
        {
            negated = !negated;
        }

        if (!negated)
        {
            Sign('+');
        }

        var query = Plain(field);
        return negated ? new SearchQuery.Not(query) : query;
    }

    private SearchQuery Plain(string? field)
    {
        Blanks();
        if (_at >= _text.Length)
        {
            throw Wrong("a term is missing");
        }

        switch (_text[_at])
        {
            case ')':
                throw Wrong("a term is missing");
            case '(':
                return Grouped(field);
            case '"':
                return Value(field, Quoted());
        }

        if (Ahead("AND") || Ahead("OR") || Ahead("&&") || Ahead("||"))
        {
            throw Wrong("a term is missing");
        }

        if (field is null && FieldName() is { } named)
        {
            Blanks();
            return OfField(named);
        }

        return Value(field, Unquoted());
    }

    /// <summary>Behind <c>field:</c>.</summary>
    private SearchQuery OfField(string field)
    {
        if (_at >= _text.Length)
        {
            throw Wrong($"field {field} has no value");
        }

        return _text[_at] switch
        {
            '(' => Grouped(field),
            '"' => Value(field, Quoted()),
            '[' or '{' => Range(field),
            '<' or '>' => Comparison(field),
            ')' => throw Wrong($"field {field} has no value"),
            _ => Value(field, Unquoted()),
        };
    }

    private SearchQuery Grouped(string? field)
    {
        _at++;
        var query = Any(field);
        Blanks();
        if (_at >= _text.Length)
        {
            throw Wrong("a ')' is missing");
        }

        _at++;
        return query;
    }

    /// <summary>
    /// What may have been escaped twice on its way (a percent code, a backslash before a backslash) also matches with that taken off: clients
    /// differ, and both readings are rarely stored.
    /// </summary>
    private static SearchQuery Value(string? field, SearchPattern pattern)
    {
        var readings = new List<SearchQuery> { new SearchQuery.Match(field, pattern) };
        foreach (var other in new[] { pattern.Rewritten(Uri.UnescapeDataString), pattern.Rewritten(text => text.Replace("\\", "", StringComparison.Ordinal)) })
        {
            if (other is not null)
            {
                readings.Add(new SearchQuery.Match(field, other));
            }
        }

        return readings.Count == 1 ? readings[0] : new SearchQuery.Or(readings);
    }

    private SearchQuery.Between Range(string field)
    {
        bool includesFrom = _text[_at++] == '[';
        string from = Bound();
        if (!Word("TO"))
        {
            throw Wrong($"the range of {field} has no TO");
        }

        string to = Bound();
        Blanks();
        if (_at >= _text.Length || _text[_at] is not (']' or '}'))
        {
            throw Wrong($"the range of {field} has no end");
        }

        bool includesTo = _text[_at++] == ']';
        return new SearchQuery.Between(field, from == "*" ? null : from, includesFrom, to == "*" ? null : to, includesTo);
    }

    private SearchQuery.Between Comparison(string field)
    {
        bool above = _text[_at++] == '>';
        bool orEqual = _at < _text.Length && _text[_at] == '=';
        if (orEqual)
        {
            _at++;
        }

        string bound = Bound();
        return above ? new(field, bound, orEqual, null, true) : new(field, null, true, bound, orEqual);
    }

    private string Bound()
    {
        Blanks();
        int start = _at;
        if (_at < _text.Length && _text[_at] == '"')
        {
            return Quoted().Prefix;
        }

        var letters = new SearchPattern.Builder();
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (']' or '}' or '(' or ')'))
        {
            letters.Literal(Letter());
        }

        return _at > start ? SearchPattern.Normal(letters.ToString()) : throw Wrong("a bound is missing");
    }

    private SearchPattern Quoted()
    {
        var letters = new SearchPattern.Builder();
        int start = _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            letters.Literal(Letter());
        }

        if (_at >= _text.Length)
        {
            _at = start;
            throw Wrong("the quote does not end");
        }

        _at++;
        return letters.Build();
    }

    private SearchPattern Unquoted()
    {
        var letters = new SearchPattern.Builder();
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or '"'))
        {
            if (_text[_at] is '*' or '?')
            {
                letters.Wildcard(_text[_at++]);
            }
            else
            {
                letters.Literal(Letter());
            }
        }

        return letters.Length > 0 ? letters.Build() : throw Wrong("a value is missing");
    }

    private char Letter()
    {
        if (_text[_at] != '\\')
        {
            return _text[_at++];
        }

        if (_at + 1 >= _text.Length)
        {
            throw Wrong("it ends with a backslash");
        }

        _at += 2;
        return _text[_at - 1];
    }

    /// <summary>A name and its colon, or nothing.</summary>
    private string? FieldName()
    {
        int end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '.' or '-'))
        {
            end++;
        }

        if (end == _at || end >= _text.Length || _text[end] != ':')
        {
            return null;
        }

        string name = _text[_at..end];
        _at = end + 1;
        return name;
    }

    private bool Word(string word)
    {
        Blanks();
        if (!Ahead(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Ahead(string word)
    {
        int end = _at + word.Length;
        return string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0
            && (!char.IsLetter(word[0]) || end >= _text.Length || char.IsWhiteSpace(_text[end]) || _text[end] is '(' or ')' or '"');
    }

    private bool Sign(char sign)
    {
        Blanks();
        if (_at + 1 >= _text.Length || _text[_at] != sign || char.IsWhiteSpace(_text[_at + 1]))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private FormatException Wrong(string why) => new(string.Create(CultureInfo.InvariantCulture, $"{why}, at position {_at + 1}"));
}
