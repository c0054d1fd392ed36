using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog;

/// <summary>A resource as a check left it, or why it is refused.</summary>
internal readonly record struct Checked<T>(T? Resource, ApiError? Error)
    where T : class
{
    public static implicit operator Checked<T>(T resource) => new(resource, null);

    public static implicit operator Checked<T>(ApiError error) => new(null, error);
}

/// <summary>What a DELETE asks for besides.</summary>
internal readonly record struct DeleteWishes(bool Force, bool Detach, bool Cascade, bool Unbind);

/// <summary>
/// One kind of resource of the API: where it is served, what may be asked of it, and what is checked or filled in when it is written.
/// </summary>
internal sealed class ResourceType
{
    private ResourceType(Type record, string path)
    {
        Record = record;
        Path = path;
    }

    public Type Record { get; }

    public string Kind => Record.Name;

    /// <summary>Of the collection, below /api/v1. <c>{parent}</c> stands for the resource it belongs to.</summary>
    public string Path { get; }

    /// <summary>Of a successful POST: 201, but 200 where NSX answers that.</summary>
    public int CreatedStatus { get; init; } = 201;

    /// <summary>Resources that NSX made are listed only with include_system_owned=true.</summary>
    public bool HidesSystemOwned { get; init; }

    /// <summary>DELETE ?force=true deletes what others still name.</summary>
    public bool CanForce { get; init; }

    /// <summary>System-owned ones may be changed, though not deleted.</summary>
    public bool SystemOwnedMayChange { get; init; }

    /// <summary>The lookup of the children of a parent.</summary>
    public const string ParentLookup = "";

    /// <summary>The kind of <c>{parent}</c>.</summary>
    public Type? Parent { get; init; }

    /// <summary>Query parameters of the list that select by a value.</summary>
    public IReadOnlyDictionary<string, Func<FabricModel, ManagedResource, string, bool>> Filters { get; private init; }
        = new Dictionary<string, Func<FabricModel, ManagedResource, string, bool>>();

    /// <summary>The same parameters where the model has an index: at least what holds, so that a list need not look at all the others.</summary>
    public IReadOnlyDictionary<string, Func<FabricModel, string, IReadOnlyCollection<ResourceKey>>> Lookups { get; private init; }
        = new Dictionary<string, Func<FabricModel, string, IReadOnlyCollection<ResourceKey>>>();

    /// <summary>What the model's index keeps of a resource for that, as keys that no resource has.</summary>
    public Func<ManagedResource, IEnumerable<ResourceKey>> LookedUpBy { get; private init; } = _ => [];

    /// <summary>Checks a write and fills in what the manager decides: before (null: new), after.</summary>
    public Func<WriteScope, ManagedResource?, ManagedResource, Checked<ManagedResource>> Complete { get; private init; } = (_, _, after) => after;

    /// <summary>Sets the parent of a new child.</summary>
    public Func<ManagedResource, string, ManagedResource> Adopt { get; private init; } = (child, _) => child;

    /// <summary>The parent of a child.</summary>
    public Func<ManagedResource, string?> ParentOf { get; private init; } = _ => null;

    /// <summary>Checks a delete and lets go of what the resource holds.</summary>
    public Func<WriteScope, ManagedResource, DeleteWishes, ApiError?> Release { get; private init; } = (_, _, _) => null;

    /// <summary>How a list is ordered when the request does not say; null: by id.</summary>
    public Func<ManagedResource, IComparable>? Order { get; private init; }

    /// <summary>The resource as it is answered, with what is computed on reading.</summary>
    public Func<FabricModel, ManagedResource, ManagedResource> Show { get; private init; } = (_, resource) => resource;

    public static ResourceType Of<T>(
        string path,
        Func<WriteScope, T?, T, Checked<T>>? complete = null,
        Func<WriteScope, T, DeleteWishes, ApiError?>? release = null,
        Func<FabricModel, T, T>? show = null,
        (string Query, Func<T, object?> Value)[]? filters = null,
        (string Query, Func<FabricModel, T, string, bool> Holds)[]? tests = null,
        int createdStatus = 201,
        bool hidesSystemOwned = false,
        bool canForce = false,
        bool systemOwnedMayChange = false,
        Func<T, IComparable>? order = null,
        (Type Kind, Func<T, string> Of, Func<T, string, T> Adopt)? parent = null,
        string[]? indexed = null,
        (string Query, Func<FabricModel, string, IReadOnlyCollection<ResourceKey>> Find)[]? found = null)
        where T : ManagedResource
    {
        string kind = ResourceKey.KindOf(typeof(T));
        var byValue = (filters ?? []).Where(filter => indexed?.Contains(filter.Query) == true).ToArray();
        var lookups = (found ?? []).ToDictionary(lookup => lookup.Query, lookup => lookup.Find);
        foreach (var (query, _) in byValue)
        {
            lookups.Add(query, (model, wanted) => model.ReferrersOf(IndexKey(kind, query, wanted)));
        }

        if (parent is not null)
        {
            lookups.Add(ParentLookup, (model, wanted) => model.ReferrersOf(IndexKey(kind, ParentLookup, wanted)));
        }

        var all = (filters ?? []).ToDictionary(
            filter => filter.Query,
            filter => (Func<FabricModel, ManagedResource, string, bool>)((_, resource, wanted) => Same(filter.Value((T)resource), wanted)));
        foreach (var (query, holds) in tests ?? [])
        {
            all.Add(query, (model, resource, wanted) => holds(model, (T)resource, wanted));
        }

        return new ResourceType(typeof(T), path)
        {
            CreatedStatus = createdStatus,
            HidesSystemOwned = hidesSystemOwned,
            CanForce = canForce,
            SystemOwnedMayChange = systemOwnedMayChange,
            Order = order is null ? null : resource => order((T)resource),
            Parent = parent?.Kind,
            Filters = all,
            Lookups = lookups,
            LookedUpBy = lookups.Count == 0 ? _ => [] : resource => byValue.SelectMany(filter => Values(filter.Value((T)resource)).Select(value => IndexKey(kind, filter.Query, value)))
                .Concat(parent is { } owned ? [IndexKey(kind, ParentLookup, owned.Of((T)resource))] : []),
            Complete = complete is null ? (_, _, after) => after : (scope, before, after) =>
            {
                var done = complete(scope, (T?)before, (T)after);
                return new Checked<ManagedResource>(done.Resource, done.Error);
            },
            Release = release is null ? (_, _, _) => null : (scope, resource, wishes) => release(scope, (T)resource, wishes),
            Show = show is null ? (_, resource) => resource : (model, resource) => show(model, (T)resource),
            ParentOf = parent is { } known ? resource => known.Of((T)resource) : _ => null,
            Adopt = parent is { } adopting ? (resource, id) => adopting.Adopt((T)resource, id) : (resource, _) => resource,
        };
    }

    private static ResourceKey IndexKey(string kind, string query, string value) => new($"{kind}?{query}", value);

    private static IEnumerable<string> Values(object? value) => value switch
    {
        null => [],
        IEnumerable<string> values => values,
        _ => [value.ToString()!],
    };

    /// <summary>Whether a query parameter asks for this value; of a list, for one of its items.</summary>
    public static bool Same(object? value, string wanted) => value switch
    {
        null => false,
        bool flag => string.Equals(flag ? "true" : "false", wanted, StringComparison.OrdinalIgnoreCase),
        IEnumerable<string> values => values.Contains(wanted),
        _ => string.Equals(value.ToString(), wanted, StringComparison.Ordinal),
    };
}
