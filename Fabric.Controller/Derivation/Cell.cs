namespace Fabric.Controller.Derivation;

/// <summary>How much a derived value can be trusted.</summary>
internal enum Freshness
{
    /// <summary>Nothing it was computed from has changed.</summary>
    Clean,

    /// <summary>Something further down has changed; what it reads must be brought up to date to know whether it matters.</summary>
    Check,

    /// <summary>Something it reads has changed.</summary>
    Dirty,
}

/// <summary>One value of the derivation graph, with the values that were computed from it.</summary>
internal abstract class Cell(DerivationGraph graph)
{
    private readonly HashSet<Cell> _readers = [];

    protected DerivationGraph Graph { get; } = graph;

    protected bool HasReaders => _readers.Count > 0;

    internal bool AddReader(Cell reader) => _readers.Add(reader);

    internal void RemoveReader(Cell reader)
    {
        _readers.Remove(reader);
        if (_readers.Count == 0)
        {
            ReleaseIfUnused();
        }
    }

    /// <summary>Brings the value up to date.</summary>
    internal virtual void Refresh()
    {
    }

    /// <summary>Told that something it depends on, near or far, has changed.</summary>
    internal virtual void Mark(Freshness freshness)
    {
    }

    /// <summary>Leaves its table when nobody reads it any more.</summary>
    protected abstract void ReleaseIfUnused();

    protected void MarkReaders(Freshness freshness)
    {
        foreach (var reader in _readers)
        {
            reader.Mark(freshness);
        }
    }
}
