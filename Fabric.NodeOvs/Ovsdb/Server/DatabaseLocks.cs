namespace Fabric.NodeOvs.Ovsdb.Server;

/// <summary>Named locks by which clients agree on who writes (RFC 7047, section 4.1.8): first come, first served; a theft jumps the queue.</summary>
internal sealed class DatabaseLocks
{
    private readonly Dictionary<string, List<OvsdbSession>> _queues = new(StringComparer.Ordinal);

    public bool Owns(OvsdbSession session, string name) => _queues.TryGetValue(name, out var queue) && queue[0] == session;

    /// <summary>Whether the session has the lock at once; null: it asked for it already.</summary>
    public bool? Take(OvsdbSession session, string name, bool steal, out OvsdbSession? robbed)
    {
        robbed = null;
        if (!_queues.TryGetValue(name, out var queue))
        {
            _queues.Add(name, queue = []);
        }

        if (queue.Contains(session))
        {
            return null;
        }

        if (steal && queue.Count > 0)
        {
            robbed = queue[0];
            queue.Insert(0, session);
            return true;
        }

        queue.Add(session);
        return queue.Count == 1;
    }

    /// <summary>Gives a lock up, or the wish for it. The next in line, who has it now; null: nobody new.</summary>
    public OvsdbSession? Leave(OvsdbSession session, string name, out bool had)
    {
        had = _queues.TryGetValue(name, out var queue) && queue.Contains(session);
        if (!had)
        {
            return null;
        }

        bool owned = queue![0] == session;
        queue.Remove(session);
        if (queue.Count == 0)
        {
            _queues.Remove(name);
            return null;
        }

        return owned ? queue[0] : null;
    }

    /// <summary>Every lock of a session that ended, with who has it now.</summary>
    public IReadOnlyList<(string Name, OvsdbSession Next)> LeaveAll(OvsdbSession session)
        => [.. _queues.Keys.ToArray().Select(name => (name, Next: Leave(session, name, out _))).Where(each => each.Next is not null).Select(each => (each.name, each.Next!))];
}
