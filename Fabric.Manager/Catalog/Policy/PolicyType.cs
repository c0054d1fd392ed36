using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy;

/// <summary>
/// One kind of object of the policy tree at one place: the collection it is served in below its parent, what may be asked of it, what is
/// checked or filled in when it is written, and the rows below it.
/// </summary>
internal sealed class PolicyType
{
    private readonly ILookup<string, PolicyType> _byFirstPiece;
    private readonly Dictionary<string, PolicyType> _byName;
    private string? _wrapperField;

    private PolicyType(Type record, string place, bool isSingle, IReadOnlyList<PolicyType> children)
    {
        Record = record;
        Place = place;
        Pieces = place.Split('/');
        IsSingle = isSingle;
        Children = children;
        _byFirstPiece = children.ToLookup(child => child.Pieces[0]);
        _byName = children.ToDictionary(child => child.Name); // one row per type below a parent, or its index of children would mix two
        foreach (var child in children)
        {
            if (AlsoNamedAttribute.Of(child.Record) is { } other)
            {
                _byName.Add(other, child);
            }
        }
    }

    public Type Record { get; }

    /// <summary>What the API calls the type: in <c>resource_type</c> (unless it is a family) and, after "Child", in hierarchical bodies.</summary>
    public string Name => WireNameAttribute.Of(Record);

    public string Kind => ResourceKey.KindOf(Record);

    /// <summary>The field of its wrapper in hierarchical bodies that holds the object: for nearly all the type's name.</summary>
    public string WrapperField => _wrapperField ?? Name;

    /// <summary>The collection below the parent, or the name of the only one there; may have several pieces.</summary>
    public string Place { get; }

    public IReadOnlyList<string> Pieces { get; }

    /// <summary>There is at most one below each parent, and its name is its id.</summary>
    public bool IsSingle { get; }

    public IReadOnlyList<PolicyType> Children { get; }

    public IReadOnlyList<Embedded> Embeds { get; private init; } = [];

    public PolicyVerbs Verbs { get; private init; } = PolicyVerbs.All;

    /// <summary>Objects that NSX made are listed only with include_system_owned=true.</summary>
    public bool HidesSystemOwned { get; private init; }

    /// <summary>DELETE ?force=true deletes what others still name.</summary>
    public bool CanForce { get; private init; }

    /// <summary>System-owned ones may be changed, though not deleted.</summary>
    public bool SystemOwnedMayChange { get; private init; }

    /// <summary>
    /// Such objects never keep their parent from being deleted, and go with it; their own children do keep it. (Those that the system owns and
    /// those embedded in the parent always go with it.)
    /// </summary>
    public bool GoesWithParent { get; private init; }

    /// <summary>Of a single one: how it is made together with its parent; null: it is not.</summary>
    public Func<PolicyResource>? Born { get; private init; }

    /// <summary>The children that are made together with such an object, each with its id.</summary>
    public Func<PolicyResource, IEnumerable<PolicyResource>>? Births { get; private init; }

    /// <summary>Query parameters of the list that select by a value.</summary>
    public IReadOnlyDictionary<string, Func<FabricModel, PolicyResource, string, bool>> Filters { get; private init; }
        = new Dictionary<string, Func<FabricModel, PolicyResource, string, bool>>();

    /// <summary>Checks a write and fills in what the manager decides: before (null: new), after.</summary>
    public Func<WriteScope, PolicyResource?, PolicyResource, Checked<PolicyResource>> Complete { get; private init; } = (_, _, after) => after;

    /// <summary>Checks a delete and lets go of what the object holds.</summary>
    public Func<WriteScope, PolicyResource, DeleteWishes, ApiError?> Release { get; private init; } = (_, _, _) => null;

    /// <summary>How a list is ordered when the request does not say; null: by id.</summary>
    public Func<PolicyResource, IComparable>? Order { get; private init; }

    /// <summary>The object as it is answered, with what is computed on reading.</summary>
    public Func<FabricModel, PolicyResource, PolicyResource> Show { get; private init; } = (_, resource) => resource;

    /// <summary>Any number below each parent, at <c>parent/collection/id</c>.</summary>
    public static PolicyType Of<T>(
        string collection,
        Func<WriteScope, T?, T, Checked<T>>? complete = null,
        Func<WriteScope, T, DeleteWishes, ApiError?>? release = null,
        Func<FabricModel, T, T>? show = null,
        (string Query, Func<T, object?> Value)[]? filters = null,
        (string Query, Func<FabricModel, T, string, bool> Holds)[]? tests = null,
        IReadOnlyList<PolicyType>? children = null,
        IReadOnlyList<Embedded>? embeds = null,
        Func<T, IEnumerable<PolicyResource>>? births = null,
        PolicyVerbs verbs = PolicyVerbs.All,
        bool hidesSystemOwned = false,
        bool canForce = false,
        bool systemOwnedMayChange = false,
        bool goesWithParent = false,
        Func<T, IComparable>? order = null,
        string? wrapperField = null)
        where T : PolicyResource
        => new(typeof(T), collection, isSingle: false, children ?? [])
        {
            Embeds = embeds ?? [],
            Births = births is null ? null : parent => births((T)parent),
            Verbs = verbs,
            HidesSystemOwned = hidesSystemOwned,
            CanForce = canForce,
            SystemOwnedMayChange = systemOwnedMayChange,
            GoesWithParent = goesWithParent,
            _wrapperField = wrapperField,
            Order = order is null ? null : resource => order((T)resource),
            Filters = FiltersOf(filters, tests),
            Complete = Typed(complete),
            Release = Typed(release),
            Show = Typed(show),
        };

    /// <summary>One at most below each parent, at <c>parent/name</c>. It goes with its parent.</summary>
    public static PolicyType Single<T>(
        string name,
        Func<WriteScope, T?, T, Checked<T>>? complete = null,
        Func<WriteScope, T, DeleteWishes, ApiError?>? release = null,
        Func<FabricModel, T, T>? show = null,
        IReadOnlyList<PolicyType>? children = null,
        Func<T>? born = null,
        Func<T, IEnumerable<PolicyResource>>? births = null,
        PolicyVerbs verbs = PolicyVerbs.Get | PolicyVerbs.Write)
        where T : PolicyResource
        => new(typeof(T), name, isSingle: true, children ?? [])
        {
            Born = born,
            Births = births is null ? null : parent => births((T)parent),
            Verbs = verbs,
            SystemOwnedMayChange = true,
            GoesWithParent = true,
            Complete = Typed(complete),
            Release = Typed(release),
            Show = Typed(show),
        };

    /// <summary>The row below this one whose pieces these are, the longest if several are.</summary>
    public PolicyType? ChildAt(ReadOnlySpan<string> pieces)
    {
        PolicyType? found = null;
        foreach (var child in pieces.Length == 0 ? [] : _byFirstPiece[pieces[0]])
        {
            if (child.Pieces.Count > (found?.Pieces.Count ?? 0) && child.Pieces.Count <= pieces.Length && child.IsAt(pieces))
            {
                found = child;
            }
        }

        return found;
    }

    /// <summary>The row below this one that hierarchical bodies call by this type's name.</summary>
    public PolicyType? ChildNamed(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The path of such an object.</summary>
    public string PathOf(string parentPath, string id) => IsSingle ? $"{parentPath}/{Place}" : $"{parentPath}/{Place}/{id}";

    private bool IsAt(ReadOnlySpan<string> pieces)
    {
        for (int i = 0; i < Pieces.Count; i++)
        {
            if (Pieces[i] != pieces[i])
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, Func<FabricModel, PolicyResource, string, bool>> FiltersOf<T>(
        (string Query, Func<T, object?> Value)[]? filters, (string Query, Func<FabricModel, T, string, bool> Holds)[]? tests)
        where T : PolicyResource
    {
        var all = new Dictionary<string, Func<FabricModel, PolicyResource, string, bool>>();
        foreach (var (query, value) in filters ?? [])
        {
            all.Add(query, (_, resource, wanted) => ResourceType.Same(value((T)resource), wanted));
        }

        foreach (var (query, holds) in tests ?? [])
        {
            all.Add(query, (model, resource, wanted) => holds(model, (T)resource, wanted));
        }

        return all;
    }

    private static Func<WriteScope, PolicyResource?, PolicyResource, Checked<PolicyResource>> Typed<T>(Func<WriteScope, T?, T, Checked<T>>? complete)
        where T : PolicyResource
        => complete is null ? (_, _, after) => after : (scope, before, after) =>
        {
            var done = complete(scope, (T?)before, (T)after);
            return new Checked<PolicyResource>(done.Resource, done.Error);
        };

    private static Func<WriteScope, PolicyResource, DeleteWishes, ApiError?> Typed<T>(Func<WriteScope, T, DeleteWishes, ApiError?>? release)
        where T : PolicyResource
        => release is null ? (_, _, _) => null : (scope, resource, wishes) => release(scope, (T)resource, wishes);

    private static Func<FabricModel, PolicyResource, PolicyResource> Typed<T>(Func<FabricModel, T, T>? show)
        where T : PolicyResource
        => show is null ? (_, resource) => resource : (model, resource) => show(model, (T)resource);
}
