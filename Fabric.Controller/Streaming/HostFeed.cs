using Fabric.Contracts.V1;
using Fabric.Controller.Compute;

namespace Fabric.Controller.Streaming;

/// <summary>
/// What one host needs and what it has been told. It outlives the host's connections: while there is none, what the host has yet
/// to hear gathers here.
/// </summary>
internal sealed class HostFeed(string node)
{
    private readonly Dictionary<BundleKey, Bundle> _told = [];
    private readonly HashSet<BundleKey> _due = [];
    private readonly Dictionary<(HostKind Kind, string Id), ulong> _changedIn = [];
    private readonly Queue<(ulong Generation, IReadOnlyList<BundleKey> Keys, IReadOnlyList<(HostKind Kind, string Id)> Objects)> _unconfirmed = new();
    private readonly Dictionary<(string Kind, string Id), Refusal> _refusals = [];
    private bool _snapshotDue = true;

    public string Node => node;

    public HostLink? Link { get; private set; }

    public IReadOnlySet<BundleKey> Plan { get; set; } = new HashSet<BundleKey>();

    /// <summary>The last change sent.</summary>
    public ulong Generation { get; private set; }

    /// <summary>The last change that the host has put into force.</summary>
    public ulong Applied { get; private set; }

    /// <summary>Objects that the host could not apply, until it is told something else of them.</summary>
    public IReadOnlyCollection<Refusal> Refusals => _refusals.Values;

    /// <summary>The host had nothing in force when it connected, so nothing can be taken from it.</summary>
    public bool IsBlank { get; private set; }

    public bool CanBeTold => Link is { IsReady: true } && (_snapshotDue || _due.Count > 0);

    public void Connect(HostLink link, ulong applied)
    {
        Link?.Close();
        Link = link;
        IsBlank = applied == 0;
        // Generations of a former controller count on, so that a host never sees one twice.
        Generation = Math.Max(Generation, applied);
        Applied = applied;
        _snapshotDue = true;
    }

    public void Disconnect()
    {
        Link?.Close();
        Link = null;
    }

    public void MarkDue(BundleKey key) => _due.Add(key);

    /// <summary>Takes note of what the host put into force, and answers which bundles that concerns.</summary>
    public IReadOnlyCollection<BundleKey> Acknowledge(Applied applied)
    {
        Applied = Math.Max(Applied, applied.Generation);
        var confirmed = new HashSet<BundleKey>();
        while (_unconfirmed.TryPeek(out var sent) && sent.Generation <= Applied)
        {
            _unconfirmed.Dequeue();
            confirmed.UnionWith(sent.Keys);
            foreach (var (kind, id) in sent.Objects)
            {
                _refusals.Remove((Plain(kind.ToString()), id));
            }
        }

        foreach (var refusal in applied.Refusals)
        {
            _refusals[(Plain(refusal.Kind), refusal.Id)] = refusal;
        }

        return confirmed;
    }

    /// <summary>How far an object of the plan has got on this host.</summary>
    public NodeRealization StateOf(BundleKey key)
    {
        var refusal = _refusals.GetValueOrDefault((Plain(key.Kind.ToString()), key.Id));
        bool waits = _snapshotDue || _due.Contains(key) || _changedIn.GetValueOrDefault((key.Kind, key.Id)) > Applied;
        return new NodeRealization
        {
            NodeId = node,
            State = waits ? "in_progress" : refusal is null ? "success" : "failed",
            Failure = waits || refusal is null ? "" : refusal.Reason,
        };
    }

    /// <summary>Sends what the host has yet to hear, as far as it differs, and answers which bundles were due.</summary>
    public IReadOnlyList<BundleKey> Tell(Func<BundleKey, Bundle> bundle)
    {
        var updates = new List<HostUpdate>();
        var objects = new List<(HostKind Kind, string Id)>();
        ulong generation = Generation + 1;
        if (_snapshotDue)
        {
            _told.Clear();
            _changedIn.Clear();
            _unconfirmed.Clear();
            _refusals.Clear();
            updates.Add(new HostUpdate { Generation = generation, SnapshotBegin = new HostSnapshotBegin() });
            _due.Clear();
            _due.UnionWith(Plan);
        }

        BundleKey[] due = [.. _due.OrderBy(key => key.Kind).ThenBy(key => key.Id, StringComparer.Ordinal)];
        foreach (var key in due)
        {
            var former = _told.GetValueOrDefault(key, Bundle.Empty);
            var latter = Plan.Contains(key) ? bundle(key) : Bundle.Empty;
            AddDifference(updates, objects, generation, key.Kind, former, latter);
            if (latter.Count == 0)
            {
                _told.Remove(key);
            }
            else
            {
                _told[key] = latter;
            }
        }

        _due.Clear();
        _snapshotDue = false;
        if (updates.Count > 0)
        {
            updates.Add(new HostUpdate { Generation = generation, Commit = new HostCommit() });
            Generation = generation;
            _unconfirmed.Enqueue((generation, due, objects));
            Link!.Send(updates);
        }

        return due;
    }

    private void AddDifference(
        List<HostUpdate> updates, List<(HostKind Kind, string Id)> objects, ulong generation, HostKind kind, Bundle former, Bundle latter)
    {
        if (ReferenceEquals(former, latter))
        {
            return;
        }

        foreach (var entry in latter.Entries.Where(entry => entry.IsFor(node)))
        {
            string id = entry.Object.Id;
            if (former.Find(id) is not { } known || !known.IsFor(node) || !known.Object.Equals(entry.Object))
            {
                updates.Add(new HostUpdate { Generation = generation, Upsert = entry.Object });
                objects.Add((kind, id));
                _changedIn[(kind, id)] = generation;
            }
        }

        foreach (var entry in former.Entries.Where(entry => entry.IsFor(node)))
        {
            string id = entry.Object.Id;
            if (latter.Find(id) is not { } kept || !kept.IsFor(node))
            {
                updates.Add(new HostUpdate { Generation = generation, Delete = new HostKey { Kind = kind, Id = id } });
                objects.Add((kind, id));
                _changedIn.Remove((kind, id));
            }
        }
    }

    // Hosts name kinds as the contract does; in which letters is theirs.
    private static string Plain(string kind) => kind.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
