using System.Collections.Immutable;

namespace Fabric.Controller.Derivation;

/// <summary>
/// Turns "what each key selects" round into "which keys select me". So a change of one key concerns only what it selected before
/// and what it selects now, however many keys there are.
/// </summary>
internal sealed class InverseIndex
{
    private readonly Derived<string, ImmutableSortedSet<string>> _selections;
    private readonly Dictionary<string, ImmutableSortedSet<string>> _indexed = [];
    private readonly IdIndex<string> _selectors;

    public InverseIndex(DerivationGraph graph, Func<string, ImmutableSortedSet<string>> select)
    {
        _selectors = new IdIndex<string>(graph);
        _selections = new Derived<string, ImmutableSortedSet<string>>(graph, select, Sets.Comparer)
        {
            FeedsIndex = true,
            Changed = Reindex,
        };
    }

    /// <summary>The keys that select it. Current after <see cref="DerivationGraph.Settle"/>.</summary>
    public ImmutableSortedSet<string> this[string selected] => _selectors[selected];

    public void Include(string key) => _selections.Observe(key);

    public void Exclude(string key)
    {
        _selections.Forget(key);
        Reindex(key, Sets.Empty);
    }

    private void Reindex(string key, ImmutableSortedSet<string> selection)
    {
        var former = _indexed.GetValueOrDefault(key, Sets.Empty);
        foreach (string gone in former.Except(selection))
        {
            _selectors.Remove(gone, key);
        }

        foreach (string come in selection.Except(former))
        {
            _selectors.Add(come, key);
        }

        if (selection.Count == 0)
        {
            _indexed.Remove(key);
        }
        else
        {
            _indexed[key] = selection;
        }
    }
}
