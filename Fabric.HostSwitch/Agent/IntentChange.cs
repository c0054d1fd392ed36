using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Agent;

/// <summary>What the controller said between two commits: objects that come or change, keys that go, or a snapshot that names all there is.</summary>
internal sealed class IntentChange(bool isSnapshot)
{
    private readonly List<HostUpdate> _updates = [];

    /// <summary>What is not named is gone.</summary>
    public bool IsSnapshot { get; } = isSnapshot;

    public ulong Generation { get; private set; }

    /// <summary>Upserts and deletions in the order they were said: the last word on an object counts.</summary>
    public IReadOnlyList<HostUpdate> Updates => _updates;

    public void Add(HostUpdate update)
    {
        Generation = update.Generation;
        _updates.Add(update);
    }

    public void Close(ulong generation) => Generation = generation;

    /// <summary>A snapshot of these objects, as it was kept on disk.</summary>
    public static IntentChange Snapshot(IEnumerable<HostObject> objects, ulong generation)
    {
        var change = new IntentChange(isSnapshot: true);
        foreach (var said in objects)
        {
            change.Add(new HostUpdate { Generation = generation, Upsert = said });
        }

        change.Close(generation);
        return change;
    }
}
