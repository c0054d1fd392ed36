using Fabric.Manager.Catalog;

namespace Fabric.Manager.Search;

/// <summary>
/// An inverted index of resources: from every value of every field to those that have it. What a query costs depends on what it matches: of
/// parts that must all hold, the rarest is looked up and the others are checked on its hits.
/// </summary>
internal sealed class SearchIndex
{
    private readonly Lock _turn = new();
    private readonly Dictionary<ResourceKey, IndexedResource> _resources = [];
    private readonly Dictionary<string, FieldTerms> _fields = [];
    private int _lastNumber;

    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _resources.Count;
            }
        }
    }

    /// <summary>Takes a resource in, in the place of its former self, or out (null).</summary>
    public void Put(ResourceKey key, ManagedResource? resource)
    {
        var values = resource is null ? [] : ResourceTerms.Of(resource);
        lock (_turn)
        {
            int number = 0;
            if (_resources.Remove(key, out var old))
            {
                number = old.Number;
                foreach (var term in old.Terms)
                {
                    term.Remove(old);
                    if (term.Count == 0)
                    {
                        term.Field.Drop(term);
                    }
                }
            }

            if (resource is null)
            {
                return;
            }

            var terms = values.Distinct().Select(value => Field(value.Field).FindOrAdd(value.Value)).ToArray();
            var indexed = new IndexedResource(number == 0 ? ++_lastNumber : number, resource, terms);
            _resources.Add(key, indexed);
            foreach (var term in terms)
            {
                term.Add(indexed);
            }
        }
    }

    public void Clear()
    {
        lock (_turn)
        {
            _resources.Clear();
            _fields.Clear();
        }
    }

    /// <summary>What a query matches, oldest first, or by the values of a field.</summary>
    public IReadOnlyList<ManagedResource> Find(SearchQuery query, string? sortBy = null, bool ascending = true)
    {
        IndexedResource[] hits;
        lock (_turn)
        {
            hits = [.. new SearchRun(_fields, _resources.Values).Hits(query)];
        }

        Array.Sort(hits, (left, right) => left.Number.CompareTo(right.Number));
        return [.. (sortBy is null ? hits : Sorted(hits, sortBy, ascending)).Select(hit => hit.Resource)];
    }

    private static IEnumerable<IndexedResource> Sorted(IndexedResource[] hits, string field, bool ascending)
    {
        var keyed = hits.Select(hit => (Key: Array.Find(hit.Terms, term => term.Field.Name == field)?.Text, Hit: hit));
        var sorted = ascending ? keyed.OrderBy(item => item.Key, ValueOrder.Instance) : keyed.OrderByDescending(item => item.Key, ValueOrder.Instance);
        return sorted.Select(item => item.Hit);
    }

    private FieldTerms Field(string name)
    {
        if (!_fields.TryGetValue(name, out var field))
        {
            field = new FieldTerms(name);
            _fields.Add(name, field);
        }

        return field;
    }

    /// <summary>Numbers by value, all else as text; what is missing comes first.</summary>
    private sealed class ValueOrder : IComparer<string?>
    {
        public static readonly ValueOrder Instance = new();

        public int Compare(string? x, string? y)
            => long.TryParse(x, out long left) && long.TryParse(y, out long right) ? left.CompareTo(right) : string.CompareOrdinal(x, y);
    }
}
