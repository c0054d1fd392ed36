using System.Collections.Immutable;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Storage;

/// <summary>Everything that is configured at one moment. Readers keep one as long as they like; a write makes the next.</summary>
internal sealed class FabricModel
{
    public static readonly FabricModel Empty = new(
        0,
        ImmutableDictionary<string, ImmutableSortedDictionary<string, ManagedResource>>.Empty,
        ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>>.Empty,
        ImmutableDictionary<Claim, ResourceKey>.Empty,
        ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>>.Empty);

    private static readonly ImmutableSortedDictionary<string, ManagedResource> NoResources =
        ImmutableSortedDictionary.Create<string, ManagedResource>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, ManagedResource>> _kinds;
    private readonly ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>> _referrers;
    private readonly ImmutableDictionary<Claim, ResourceKey> _claims;
    private readonly ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>> _children; // by kind of the children and path of the parent

    private FabricModel(
        ulong sequence,
        ImmutableDictionary<string, ImmutableSortedDictionary<string, ManagedResource>> kinds,
        ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>> referrers,
        ImmutableDictionary<Claim, ResourceKey> claims,
        ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>> children)
    {
        Sequence = sequence;
        _kinds = kinds;
        _referrers = referrers;
        _claims = claims;
        _children = children;
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

    public ImmutableSortedDictionary<string, ManagedResource> OfKind(string kind) => _kinds.GetValueOrDefault(kind, NoResources);

    /// <summary>The policy objects of one kind right below a path, by rising id; those marked for delete among them.</summary>
    public ImmutableSortedDictionary<string, ManagedResource> ChildrenOf(string kind, string parentPath) => _children.GetValueOrDefault(new(kind, parentPath), NoResources);

    /// <summary>The same as records, without those marked for delete.</summary>
    public IEnumerable<T> ChildrenOf<T>(string parentPath)
        where T : PolicyResource
        => ChildrenOf(ResourceKey.KindOf(typeof(T)), parentPath).Values.OfType<T>().Where(child => !child.MarkedForDelete);

    /// <summary>Every resource of every kind.</summary>
    public IEnumerable<ManagedResource> Everything => _kinds.Values.SelectMany(kind => kind.Values);

    /// <summary>The resources that name this one.</summary>
    public IReadOnlyCollection<ResourceKey> ReferrersOf(ResourceKey key) => _referrers.GetValueOrDefault(key, []);

    /// <summary>Who holds a value that only one may hold.</summary>
    public ResourceKey? HolderOf(Claim claim) => _claims.TryGetValue(claim, out var holder) ? holder : null;

    public FabricModel At(ulong sequence) => new(sequence, _kinds, _referrers, _claims, _children);

    public FabricModel With(ManagedResource resource)
    {
        var key = ResourceKey.Of(resource);
        var (referrers, claims) = Unlink(key);
        foreach (var target in ResourceLinks.References(resource))
        {
            referrers = referrers.SetItem(target, referrers.GetValueOrDefault(target, []).Add(key));
        }

        foreach (var claim in ResourceLinks.Claims(resource))
        {
            claims = claims.SetItem(claim, key);
        }

        var children = resource is PolicyResource { ParentPath: { } parent }
            ? _children.SetItem(new(key.Kind, parent), ChildrenOf(key.Kind, parent).SetItem(resource.Id, resource))
            : _children;
        return new(Sequence, _kinds.SetItem(key.Kind, OfKind(key.Kind).SetItem(key.Id, resource)), referrers, claims, children);
    }

    public FabricModel Without(ResourceKey key)
    {
        var (referrers, claims) = Unlink(key);
        return new(Sequence, _kinds.SetItem(key.Kind, OfKind(key.Kind).Remove(key.Id)), referrers, claims, WithoutChild(key));
    }

    private ImmutableDictionary<ResourceKey, ImmutableSortedDictionary<string, ManagedResource>> WithoutChild(ResourceKey key)
    {
        if (Find(key) is not PolicyResource { ParentPath: { } parent } old)
        {
            return _children;
        }

        var left = ChildrenOf(key.Kind, parent).Remove(old.Id);
        return left.IsEmpty ? _children.Remove(new(key.Kind, parent)) : _children.SetItem(new(key.Kind, parent), left);
    }

    private (ImmutableDictionary<ResourceKey, ImmutableHashSet<ResourceKey>> Referrers, ImmutableDictionary<Claim, ResourceKey> Claims) Unlink(ResourceKey key)
    {
        var referrers = _referrers;
        var claims = _claims;
        if (Find(key) is not { } old)
        {
            return (referrers, claims);
        }

        foreach (var target in ResourceLinks.References(old))
        {
            if (referrers.TryGetValue(target, out var set))
            {
                set = set.Remove(key);
                referrers = set.IsEmpty ? referrers.Remove(target) : referrers.SetItem(target, set);
            }
        }

        foreach (var claim in ResourceLinks.Claims(old))
        {
            if (claims.TryGetValue(claim, out var holder) && holder == key) // else it was handed on within the same write
            {
                claims = claims.Remove(claim);
            }
        }

        return (referrers, claims);
    }
}
