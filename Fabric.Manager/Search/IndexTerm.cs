namespace Fabric.Manager.Search;

/// <summary>A resource as the index knows it: its number, by which hits are ordered, and the terms it is found by.</summary>
internal sealed class IndexedResource(int number, Catalog.ManagedResource resource, IndexTerm[] terms)
{
    public int Number => number;

    public Catalog.ManagedResource Resource => resource;

    public IndexTerm[] Terms => terms;
}

/// <summary>A value of a field, with the resources that have it. Most values are one resource's alone.</summary>
internal sealed class IndexTerm(FieldTerms owner, string text)
{
    private IndexedResource? _one;
    private HashSet<IndexedResource>? _many;

    public FieldTerms Field => owner;

    public string Text => text;

    public int Count => _many?.Count ?? (_one is null ? 0 : 1);

    public IEnumerable<IndexedResource> Resources => _many ?? (_one is null ? [] : [_one]);

    public void Add(IndexedResource resource)
    {
        if (_many is not null)
        {
            _many.Add(resource);
        }
        else if (_one is null)
        {
            _one = resource;
        }
        else
        {
            _many = [_one, resource];
            _one = null;
        }
    }

    public void Remove(IndexedResource resource)
    {
        if (_many is null)
        {
            _one = null;
        }
        else
        {
            _many.Remove(resource);
        }
    }
}
