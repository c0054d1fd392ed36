using System.Collections.Immutable;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Storage;

/// <summary>Everything that is configured at one moment. Readers keep one as long as they like; a write makes the next.</summary>
internal sealed class FabricModel
{
    public static readonly FabricModel Empty = new(0, new Indexes());

    private static readonly ImmutableSortedDictionary<string, ManagedResource> NoResources =
        ImmutableSortedDictionary.Create<string, ManagedResource>(StringComparer.Ordinal);

    private readonly Indexes _by;

    private FabricModel(ulong sequence, Indexes indexes)
    {
        Sequence = sequence;
        _by = indexes;
    }

    /// <summary>Of the last transaction in it.</summary>
    public ulong Sequence { get; }

    public ManagedResource? Find(ResourceKey key) => OfKind(key.Kind).GetValueOrDefault(key.Id);

    /// <summary>The resource of that id, if it is a T.</summary>
    public T? Find<T>(string? id)
        where T : ManagedResource
        => id is null ? null : OfKind(ResourceKey.KindOf(typeof(T))).GetValueOrDefault(id) as T;

    /// <summary>All of a kind or of one member of a family, by rising id.</summary>
    public IEnumerable<T> All<T>()
        where T : ManagedResource
        => OfKind(ResourceKey.KindOf(typeof(T))).Values.OfType<T>();

    public ImmutableSortedDictionary<string, ManagedResource> OfKind(string kind) => _by.Kind.GetValueOrDefault(kind, NoResources);

    /// <summary>The policy objects of one kind right below a path, by rising id; those marked for delete among them.</summary>
    public ImmutableSortedDictionary<string, ManagedResource> ChildrenOf(string kind, string parentPath) => _by.Parent.GetValueOrDefault(new(kind, parentPath), NoResources);

    /// <summary>The same as records, without those marked for delete.</summary>
    public IEnumerable<T> ChildrenOf<T>(string parentPath)
        where T : PolicyResource
        => ChildrenOf(ResourceKey.KindOf(typeof(T)), parentPath).Values.OfType<T>().Where(child => !child.MarkedForDelete);

    /// <summary>Every resource of every kind.</summary>
    public IEnumerable<ManagedResource> Everything => _by.Kind.Values.SelectMany(kind => kind.Values);

    /// <summary>The resources that name this one.</summary>
    public IReadOnlyCollection<ResourceKey> ReferrersOf(ResourceKey key) => _by.Target.GetValueOrDefault(key, []);

    /// <summary>Who holds a value that only one may hold.</summary>
    public ResourceKey? HolderOf(Claim claim) => _by.Claim.TryGetValue(claim, out var holder) ? holder : null;

    /// <summary>The policy objects that wait to be swept.</summary>
    public IReadOnlyCollection<ResourceKey> Marked => _by.Marked;

    public FabricModel At(ulong sequence) => new(sequence, _by);

    public FabricModel With(ManagedResource resource)
    {
        var key = ResourceKey.Of(resource);
        var by = Unlinked(key);
        var targets = by.Target;
        foreach (var target in ResourceLinks.IndexedBy(resource))
        {
            targets = targets.SetItem(target, targets.GetValueOrDefault(target, []).Add(key));
        }

        var claims = by.Claim;
        foreach (var claim in ResourceLinks.Claims(resource))
        {
            claims = claims.SetItem(claim, key);
        }

        by = by with { Kind = by.Kind.SetItem(key.Kind, OfKind(key.Kind).SetItem(key.Id, resource)), Target = targets, Claim = claims };
        if (resource is PolicyResource { ParentPath: { } parent } policy)
        {
            by = by with
            {
                Parent = by.Parent.SetItem(new(key.Kind, parent), ChildrenOf(key.Kind, parent).SetItem(resource.Id, resource)),
                Marked = policy.MarkedForDelete ? by.Marked.Add(key) : by.Marked.Remove(key),
            };
        }

        return new(Sequence, by);
    }

    public FabricModel Without(ResourceKey key)
    {
        var by = Unlinked(key);
        by = by with { Kind = by.Kind.SetItem(key.Kind, OfKind(key.Kind).Remove(key.Id)), Marked = by.Marked.Remove(key) };
        if (Find(key) is PolicyResource { ParentPath: { } parent } old)
        {
            var siblings = ChildrenOf(key.Kind, parent).Remove(old.Id);
            by = by with { Parent = siblings.IsEmpty ? by.Parent.Remove(new(key.Kind, parent)) : by.Parent.SetItem(new(key.Kind, parent), siblings) };
        }

        return new(Sequence, by);
    }

    /// <summary>The indexes without what the resource names and claims now.</summary>
    private Indexes Unlinked(ResourceKey key)
    {
        if (Find(key) is not { } old)
        {
            return _by;
        }

        var targets = _by.Target;
        foreach (var target in ResourceLinks.IndexedBy(old))
        {
            if (targets.TryGetValue(target, out var set))
            {
                set = set.Remove(key);
                targets = set.IsEmpty ? targets.Remove(target) : targets.SetItem(target, set);
            }
        }

        var claims = _by.Claim;
        foreach (var claim in ResourceLinks.Claims(old))
        {
            if (claims.TryGetValue(claim, out var holder) && holder == key) // else it was handed on within the same write
            {
                claims = claims.Remove(claim);
            }
        }

        return _by with { Target = targets, Claim = claims };
    }

    /// <summary>The same resources by everything that they are looked up by.</summary>
    private sealed record Indexes
    {
        public ImmutableDictionary<string, ImmutableSortedDictionary<string, ManagedResource>> Kind { get; init; }
            = ImmutableDictionary<string, ImmutableSortedDictionary<string, ManagedResource>>.Empty;

        /// <summary>Who names a resource.</summary>
        public ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>> Target { get; init; } = ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>>.Empty;

        public ImmutableDictionary<Claim, ResourceKey> Claim { get; init; } = ImmutableDictionary<Claim, ResourceKey>.Empty;

        /// <summary>Policy objects by their own kind and the path of their parent.</summary>
        public ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>> Parent { get; init; }
            = ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>>.Empty;

        public ImmutableHashSet<ResourceKey> Marked { get; init; } = [];
    }
}
