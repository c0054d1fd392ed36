using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Realization;

/// <summary>The configuration as a realizer sees it: every look is noted, and a change of what was seen runs the realizer again.</summary>
internal sealed class IntentReader(FabricModel model)
{
    private readonly HashSet<Dependency> _reads = [];

    public IReadOnlyCollection<Dependency> Reads => _reads;

    /// <summary>Why this intent cannot be realized; null: nothing stands against it.</summary>
    public ApiError? Refusal { get; private set; }

    /// <summary>By id, or for a policy object by path; null: it does not exist, or not yet.</summary>
    public T? Find<T>(string? id)
        where T : ManagedResource
    {
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        _reads.Add(Dependency.On(ResourceKey.Of<T>(id)));
        return model.Find<T>(id) is { } found && !Leaves(found) ? found : null;
    }

    /// <summary>The policy objects of a kind right below a path.</summary>
    public IEnumerable<T> Below<T>(string path)
        where T : PolicyResource
    {
        _reads.Add(Dependency.OnChildren(ResourceKey.KindOf(typeof(T)), path));
        return model.ChildrenOf<T>(path);
    }

    /// <summary>All of a kind: any change of any of them runs the realizer again.</summary>
    public IEnumerable<T> All<T>()
        where T : ManagedResource
    {
        _reads.Add(Dependency.OnAll(ResourceKey.KindOf(typeof(T))));
        return model.All<T>().Where(found => !Leaves(found));
    }

    /// <summary>Those of a kind that name a resource, in the order of their ids.</summary>
    public IEnumerable<T> Naming<T>(ResourceKey target)
        where T : ManagedResource
    {
        _reads.Add(Dependency.OnNaming(ResourceKey.KindOf(typeof(T)), target));
        return model.ReferrersOf(target).Select(model.Find).OfType<T>().Where(found => !Leaves(found)).OrderBy(found => found.Id, StringComparer.Ordinal);
    }

    /// <summary>The intent cannot be fulfilled as it stands; what it is realized as so far stays.</summary>
    public void Refuse(ApiError error) => Refusal ??= error;

    private static bool Leaves(ManagedResource resource) => resource is PolicyResource { MarkedForDelete: true };
}
