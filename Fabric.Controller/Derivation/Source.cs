namespace Fabric.Controller.Derivation;

/// <summary>A table of given values; reading a key that is absent is remembered like any other reading.</summary>
internal sealed class Source<TKey, TValue>(DerivationGraph graph, TValue absent, IEqualityComparer<TValue>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, SourceCell> _cells = [];
    private readonly IEqualityComparer<TValue> _comparer = comparer ?? EqualityComparer<TValue>.Default;

    /// <summary>The value of a key; inside a derivation, a recorded reading.</summary>
    public TValue this[TKey key]
    {
        get
        {
            if (graph.Reading is not { } reader)
            {
                return Peek(key);
            }

            if (!_cells.TryGetValue(key, out var cell))
            {
                cell = new SourceCell(this, key, absent);
                _cells[key] = cell;
            }

            reader.Read(cell);
            return cell.Value;
        }
    }

    /// <summary>The keys that have a value, in no order. Not a recorded reading: for whoever replaces the table.</summary>
    public IEnumerable<TKey> Keys
        => _cells.Where(pair => !_comparer.Equals(pair.Value.Value, absent)).Select(pair => pair.Key);

    /// <summary>Gives a key a value; the absent value removes it. Answers whether that changed anything.</summary>
    public bool Set(TKey key, TValue value)
    {
        if (!_cells.TryGetValue(key, out var cell))
        {
            if (_comparer.Equals(value, absent))
            {
                return false;
            }

            _cells[key] = new SourceCell(this, key, value);
            return true;
        }

        if (_comparer.Equals(cell.Value, value))
        {
            return false;
        }

        cell.Replace(value);
        return true;
    }

    public bool Remove(TKey key) => Set(key, absent);

    private TValue Peek(TKey key) => _cells.TryGetValue(key, out var cell) ? cell.Value : absent;

    private sealed class SourceCell(Source<TKey, TValue> owner, TKey key, TValue value) : Cell(owner.Graph)
    {
        public TValue Value { get; private set; } = value;

        public void Replace(TValue value)
        {
            Value = value;
            MarkReaders(Freshness.Dirty);
            ReleaseIfUnused();
        }

        protected override void ReleaseIfUnused()
        {
            if (!HasReaders && owner._comparer.Equals(Value, owner.Absent))
            {
                owner._cells.Remove(key);
            }
        }
    }

    private DerivationGraph Graph => graph;

    private TValue Absent => absent;
}
