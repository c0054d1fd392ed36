using System.Collections.Immutable;

namespace Fabric.Controller.Derivation;

/// <summary>A given index: under each key a set of ids, kept as the objects that name the key come and go.</summary>
internal sealed class IdIndex<TKey>(DerivationGraph graph)
    where TKey : notnull
{
    private readonly Source<TKey, ImmutableSortedSet<string>> _sets = new(graph, Sets.Empty, Sets.Comparer);

    public ImmutableSortedSet<string> this[TKey key] => _sets[key];

    public void Add(TKey key, string id) => _sets.Set(key, Peek(key).Add(id));

    public void Remove(TKey key, string id) => _sets.Set(key, Peek(key).Remove(id));

    // Writers run outside any derivation, so this is no recorded reading.
    private ImmutableSortedSet<string> Peek(TKey key) => _sets[key];
}
