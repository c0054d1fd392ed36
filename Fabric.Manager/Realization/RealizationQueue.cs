namespace Fabric.Manager.Realization;

/// <summary>Intents that wait for their turn, each once, by the time from which it may come.</summary>
internal sealed class RealizationQueue
{
    private readonly PriorityQueue<string, DateTimeOffset> _waiting = new();
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    /// <summary>When the next may come; null: nobody waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            DropOvertaken();
            return _waiting.TryPeek(out _, out var due) ? due : null;
        }
    }

    public bool IsEmpty => _due.Count == 0;

    /// <summary>An earlier turn overtakes a later one.</summary>
    public void Add(string path, DateTimeOffset due)
    {
        if (!_due.TryGetValue(path, out var known) || due < known)
        {
            _due[path] = due;
            _waiting.Enqueue(path, due);
        }
    }

    public List<string> Take(DateTimeOffset now, int most)
    {
        var taken = new List<string>();
        while (taken.Count < most && Next is { } due && due <= now)
        {
            string path = _waiting.Dequeue();
            _due.Remove(path);
            taken.Add(path);
        }

        return taken;
    }

    private void DropOvertaken()
    {
        while (_waiting.TryPeek(out string? path, out var due) && (!_due.TryGetValue(path, out var current) || current != due))
        {
            _waiting.Dequeue();
        }
    }
}
