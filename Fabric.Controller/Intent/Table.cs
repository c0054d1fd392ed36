using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;

namespace Fabric.Controller.Intent;

/// <summary>The objects of one kind by id, with the indexes that their fields call for.</summary>
internal sealed class Table<T>(DerivationGraph graph, ConfigKind kind, Func<ConfigObject, T> open)
    where T : class
{
    private const string Everything = "";
    private readonly Source<string, T?> _items = new(graph, null);
    private readonly IdIndex<string> _ids = new(graph);
    private readonly List<Action<string, T?, T?>> _indexers = [];

    public ConfigKind Kind => kind;

    public T? this[string id] => _items[id];

    public ImmutableSortedSet<string> Ids => _ids[Everything];

    /// <summary>An index from whatever keys an object names to its id.</summary>
    public IdIndex<TKey> IndexBy<TKey>(Func<T, IEnumerable<TKey>> keys)
        where TKey : notnull
    {
        var index = new IdIndex<TKey>(graph);
        _indexers.Add((id, former, latter) =>
        {
            TKey[] before = former is null ? [] : [.. keys(former).Distinct()];
            TKey[] after = latter is null ? [] : [.. keys(latter).Distinct()];
            foreach (var key in before.Except(after))
            {
                index.Remove(key, id);
            }

            foreach (var key in after.Except(before))
            {
                index.Add(key, id);
            }
        });
        return index;
    }

    /// <summary>Keeps an inverse index informed of which objects exist.</summary>
    public void Drive(InverseIndex index)
        => _indexers.Add((id, former, latter) =>
        {
            if (former is null && latter is not null)
            {
                index.Include(id);
            }
            else if (former is not null && latter is null)
            {
                index.Exclude(id);
            }
        });

    /// <summary>Told of every object that comes and goes.</summary>
    public void Watch(Action<string, bool> existence)
        => _indexers.Add((id, former, latter) =>
        {
            if (former is null != latter is null)
            {
                existence(id, latter is not null);
            }
        });

    public void Upsert(ConfigObject item) => Set(item.Id, open(item));

    public void Delete(string id) => Set(id, null);

    private void Set(string id, T? latter)
    {
        var former = _items[id];
        if (!_items.Set(id, latter))
        {
            return;
        }

        if (former is null)
        {
            _ids.Add(Everything, id);
        }
        else if (latter is null)
        {
            _ids.Remove(Everything, id);
        }

        foreach (var indexer in _indexers)
        {
            indexer(id, former, latter);
        }
    }
}
