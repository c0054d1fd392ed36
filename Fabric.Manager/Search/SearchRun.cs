namespace Fabric.Manager.Search;

/// <summary>One query on its way through an index that stands still meanwhile.</summary>
internal sealed class SearchRun(IReadOnlyDictionary<string, FieldTerms> fields, IReadOnlyCollection<IndexedResource> everything)
{
    /// <summary>Where a value without a field is looked for when it has wildcards; an exact one is looked for in every field.</summary>
    private static readonly string[] TextFields =
        ["display_name", "id", "description", "path", "resource_type", "tags.scope", "tags.tag"];

    /// <summary>Names of a field that queries use and resources do not have.</summary>
    private static readonly Dictionary<string, string> OtherNames = new() { ["nsx_id"] = "id", ["tag.scope"] = "tags.scope", ["tag.tag"] = "tags.tag" };

    /// <summary>Each once, in no order.</summary>
    public IEnumerable<IndexedResource> Hits(SearchQuery query) => query switch
    {
        SearchQuery.And and => HitsOfAll(and),
        SearchQuery.Or or => or.Parts.SelectMany(Hits).Distinct(),
        SearchQuery.Not not => everything.Where(resource => !Holds(not.Part, resource)),
        _ => Union(Terms(query)),
    };

    private static IEnumerable<IndexedResource> Union(IEnumerable<IndexTerm> terms)
    {
        var found = terms.ToList();
        return found.Count == 1 ? found[0].Resources : found.SelectMany(term => term.Resources).Distinct();
    }

    private IEnumerable<IndexedResource> HitsOfAll(SearchQuery.And and)
    {
        SearchQuery? rarest = null;
        int fewest = int.MaxValue;
        foreach (var part in and.Parts)
        {
            int count = AtMost(part, fewest);
            if (count < fewest || rarest is null)
            {
                (rarest, fewest) = (part, count);
            }
        }

        return Hits(rarest!).Where(resource => and.Parts.All(part => ReferenceEquals(part, rarest) || Holds(part, resource)));
    }

    /// <summary>How many hits there may be; counted no further than up to a limit, so that a guess never costs more than a search.</summary>
    private int AtMost(SearchQuery query, int limit)
    {
        switch (query)
        {
            case SearchQuery.And and:
                return and.Parts.Min(part => AtMost(part, limit));
            case SearchQuery.Or or:
                int sum = 0;
                foreach (var part in or.Parts)
                {
                    sum += AtMost(part, limit - sum);
                    if (sum >= limit)
                    {
                        return limit;
                    }
                }

                return sum;
            case SearchQuery.Not:
            case SearchQuery.Match { Pattern: { IsExact: false, IsPrefix: false, Prefix: "" } }: // every value would be looked at
                return Math.Min(limit, everything.Count);
            default:
                int count = 0;
                foreach (var term in Terms(query))
                {
                    count += Math.Max(1, term.Count);
                    if (count >= limit)
                    {
                        return limit;
                    }
                }

                return count;
        }
    }

    private static bool Holds(SearchQuery query, IndexedResource resource)
    {
        switch (query)
        {
            case SearchQuery.And and:
                return and.Parts.All(part => Holds(part, resource));
            case SearchQuery.Or or:
                return or.Parts.Any(part => Holds(part, resource));
            case SearchQuery.Not not:
                return !Holds(not.Part, resource);
            case SearchQuery.Between range:
                return Array.Exists(resource.Terms, term => term.Field.Name == range.Field && FieldTerms.Holds(range, term.Text));
            case SearchQuery.Match match:
                bool exact = match.Pattern.IsExact;
                return Array.Exists(resource.Terms, term => IsAskedFor(match.Field, term.Field.Name, exact) && match.Pattern.Matches(term.Text));
            default:
                return false;
        }
    }

    private static bool IsAskedFor(string? asked, string field, bool exact)
        => asked is null ? exact || TextFields.Contains(field) : asked == field || (OtherNames.TryGetValue(asked, out string? other) && other == field);

    private IEnumerable<IndexTerm> Terms(SearchQuery query)
    {
        if (query is SearchQuery.Between range)
        {
            return fields.TryGetValue(range.Field, out var between) ? between.Between(range) : [];
        }

        var match = (SearchQuery.Match)query;
        var asked = match.Field is { } name ? Named(name) : match.Pattern.IsExact ? fields.Values : TextFields.SelectMany(Named);
        return asked.SelectMany(field => Terms(field, match.Pattern));
    }

    private IEnumerable<FieldTerms> Named(string name)
    {
        if (fields.TryGetValue(name, out var field))
        {
            yield return field;
        }

        if (OtherNames.TryGetValue(name, out string? other) && fields.TryGetValue(other, out var meant))
        {
            yield return meant;
        }
    }

    private static IEnumerable<IndexTerm> Terms(FieldTerms field, SearchPattern pattern)
        => pattern.IsExact
            ? field.Find(pattern.Prefix) is { } term ? [term] : []
            : pattern.IsPrefix ? field.StartingWith(pattern.Prefix) : field.StartingWith(pattern.Prefix).Where(term => pattern.Matches(term.Text));
}
