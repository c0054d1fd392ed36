using Fabric.Contracts.V1;

namespace Fabric.Controller.Compute;

/// <summary>
/// Names a bundle of host objects of one kind that are computed together. One without a node is the same for all hosts, and is
/// computed once for all of them.
/// </summary>
internal readonly record struct BundleKey(HostKind Kind, string Id, string Node = "");

/// <summary>One object of a bundle. Its owner, if it has one, is the node that does not need it: the MACs of a node are remote to others.</summary>
internal sealed record BundleEntry(HostObject Object, string Owner = "")
{
    public bool IsFor(string node) => Owner != node;
}

/// <summary>Host objects of one kind by id, as last computed; never changed afterwards.</summary>
internal sealed class Bundle : IEquatable<Bundle>
{
    public static readonly Bundle Empty = new([]);

    private readonly Dictionary<string, BundleEntry> _entries;

    public Bundle(IEnumerable<BundleEntry> entries)
    {
        _entries = [];
        foreach (var entry in entries)
        {
            _entries.TryAdd(entry.Object.Id, entry);
        }
    }

    public int Count => _entries.Count;

    public IEnumerable<BundleEntry> Entries => _entries.Values;

    public BundleEntry? Find(string id) => _entries.GetValueOrDefault(id);

    public bool Equals(Bundle? other)
        => ReferenceEquals(this, other)
            || (other is not null && Count == other.Count
                && _entries.All(pair => other._entries.TryGetValue(pair.Key, out var entry) && entry.Equals(pair.Value)));

    public override bool Equals(object? obj) => Equals(obj as Bundle);

    public override int GetHashCode() => Count;
}
