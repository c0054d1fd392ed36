namespace Fabric.Manager.Search;

/// <summary>What a search asks for, as a tree.</summary>
internal abstract record SearchQuery
{
    /// <summary>A field, or without a name any field, has a value like this.</summary>
    public sealed record Match(string? Field, SearchPattern Pattern) : SearchQuery
    {
        public override string ToString() => $"{Field ?? "any"}:{Pattern}";
    }

    /// <summary>A field lies between two values; null: open on that side. Numbers are compared as numbers where both bounds are.</summary>
    public sealed record Between(string Field, string? From, bool IncludesFrom, string? To, bool IncludesTo) : SearchQuery
    {
        public override string ToString() => $"{Field}:{(IncludesFrom ? '[' : '{')}{From ?? "*"} TO {To ?? "*"}{(IncludesTo ? ']' : '}')}";
    }

    /// <summary>All of them.</summary>
    public sealed record And(IReadOnlyList<SearchQuery> Parts) : SearchQuery
    {
        public override string ToString() => $"({string.Join(" AND ", Parts)})";
    }

    /// <summary>At least one of them.</summary>
    public sealed record Or(IReadOnlyList<SearchQuery> Parts) : SearchQuery
    {
        public override string ToString() => $"({string.Join(" OR ", Parts)})";
    }

    /// <summary>Everything else.</summary>
    public sealed record Not(SearchQuery Part) : SearchQuery
    {
        public override string ToString() => $"NOT {Part}";
    }
}
