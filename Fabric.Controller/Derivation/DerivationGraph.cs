namespace Fabric.Controller.Derivation;

/// <summary>
/// Values computed from values, each recomputed only when something it read has changed. What a function reads is recorded while
/// it runs, so the functions stay plain; the cost of a change is what depends on it. Owned by one thread at a time.
/// </summary>
internal sealed class DerivationGraph
{
    private readonly Queue<Cell> _indexes = new();
    private readonly Queue<Cell> _outputs = new();

    /// <summary>The value being computed now.</summary>
    internal DerivedCell? Reading { get; set; }

    /// <summary>How many values were computed so far: what a change cost.</summary>
    public long Evaluations { get; internal set; }

    /// <summary>Makes every observed value current; their observers hear of those that differ. Indexes first: outputs read them.</summary>
    public void Settle()
    {
        while (true)
        {
            if (_indexes.TryDequeue(out var index))
            {
                index.Refresh();
            }
            else if (_outputs.TryDequeue(out var output))
            {
                output.Refresh();
            }
            else
            {
                return;
            }
        }
    }

    internal void Enqueue(Cell cell, bool feedsIndex) => (feedsIndex ? _indexes : _outputs).Enqueue(cell);
}

/// <summary>A computed value: it knows what it read.</summary>
internal abstract class DerivedCell(DerivationGraph graph) : Cell(graph)
{
    private HashSet<Cell> _sources = [];
    private bool _evaluating;

    protected Freshness Freshness { get; private set; } = Freshness.Dirty;

    protected abstract bool IsObserved { get; }

    /// <summary>Out of its table already; a place in the queue may outlive that.</summary>
    protected abstract bool IsReleased { get; }

    /// <summary>Observed by an index: settled before everything else.</summary>
    protected abstract bool FeedsIndex { get; }

    /// <summary>Called by a source that is being read while this value is computed.</summary>
    internal void Read(Cell source)
    {
        if (_sources.Add(source))
        {
            source.AddReader(this);
        }
    }

    internal sealed override void Mark(Freshness freshness)
    {
        bool wasClean = Freshness == Freshness.Clean;
        if (freshness > Freshness)
        {
            Freshness = freshness;
        }

        if (wasClean)
        {
            if (IsObserved)
            {
                Graph.Enqueue(this, FeedsIndex);
            }

            MarkReaders(Freshness.Check);
        }
    }

    internal sealed override void Refresh()
    {
        if (IsReleased)
        {
            return;
        }

        if (_evaluating)
        {
            throw new InvalidOperationException($"{this} depends on itself");
        }

        if (Freshness == Freshness.Check)
        {
            // A source that differs after its own refresh marks us dirty on the way.
            foreach (var source in _sources)
            {
                source.Refresh();
                if (Freshness == Freshness.Dirty)
                {
                    break;
                }
            }
        }

        if (Freshness == Freshness.Dirty)
        {
            Evaluate();
        }

        Freshness = Freshness.Clean;
    }

    /// <summary>Computes the value, compares it with the former one, and says whether it differs.</summary>
    protected abstract bool Compute();

    /// <summary>After a change has been passed on.</summary>
    protected abstract void Announce();

    protected void Detach()
    {
        foreach (var source in _sources)
        {
            source.RemoveReader(this);
        }

        _sources = [];
        Freshness = Freshness.Dirty;
    }

    private void Evaluate()
    {
        var former = _sources;
        _sources = [];
        var outer = Graph.Reading;
        Graph.Reading = this;
        _evaluating = true;
        bool changed;
        try
        {
            changed = Compute();
        }
        finally
        {
            _evaluating = false;
            Graph.Reading = outer;
        }

        Graph.Evaluations++;
        foreach (var source in former)
        {
            if (!_sources.Contains(source))
            {
                source.RemoveReader(this);
            }
        }

        Freshness = Freshness.Clean;
        if (changed)
        {
            MarkReaders(Freshness.Dirty);
            Announce();
        }
    }
}
