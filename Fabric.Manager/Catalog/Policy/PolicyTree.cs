using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy;

/// <summary>Where a path of the policy tree leads: to one object, or (without an id) to a collection.</summary>
/// <param name="Type">The row of the object, or of the collection's.</param>
/// <param name="ParentPath">Of the object above.</param>
/// <param name="Path">From the root.</param>
/// <param name="Id">Null: the collection itself.</param>
internal sealed record PolicyPlace(PolicyType Type, string ParentPath, string Path, string? Id)
{
    public ResourceKey Key => new(Type.Kind, Path);
}

/// <summary>
/// The whole Policy API as one tree of rows, put together from the lists of its areas. A new type: a record, a row in its area's list, its
/// checks if it has any, a case in PolicyCases.
/// </summary>
internal static class PolicyTree
{
    /// <summary>The root, which is also the object <c>/org-root</c>; what stands at the root of all paths is its children.</summary>
    public static readonly PolicyType Root = PolicyType.Single<OrgRoot>("org-root", children: [InfraRows.Infra, .. Tenancy.OrgRows.AtRoot]);

    public const string RootPath = "/org-root";

    /// <summary>Every row once, however many places it is served at.</summary>
    public static IReadOnlyCollection<PolicyType> Rows { get; } = Collect(Root, []);

    /// <summary>Where the path leads; null: nowhere in the tree.</summary>
    public static PolicyPlace? Find(string path)
    {
        if (path == RootPath)
        {
            return new PolicyPlace(Root, "", RootPath, "org-root");
        }

        if (path.Length == 0 || path[0] != '/')
        {
            return null;
        }

        var walk = new PolicyWalk(path[1..].Split('/'));
        while (walk.Next())
        {
        }

        return walk.Rest.Length == 0 ? walk.Place : null;
    }

    /// <summary>The key of the object that a path leads to; with kind "" (which nothing has) when it leads to none of these types.</summary>
    public static ResourceKey KeyOf(string path, IReadOnlyList<Type> types)
        => Find(path) is { Id: not null } place && (types.Count == 0 || types.Any(type => ResourceKey.KindOf(type) == place.Type.Kind)) ? place.Key : new ResourceKey("", path);

    /// <summary>What children's paths start with.</summary>
    public static string BaseOf(string path) => path == RootPath ? "" : path;

    /// <summary>The object's children of all its rows, with the row of each; those marked for delete among them.</summary>
    public static IEnumerable<(PolicyType Type, PolicyResource Child)> ChildrenOf(FabricModel model, PolicyType type, string path)
        => type.Children.SelectMany(row => model.ChildrenOf(row.Kind, BaseOf(path)).Values.Select(child => (row, (PolicyResource)child)));

    private static HashSet<PolicyType> Collect(PolicyType row, HashSet<PolicyType> seen)
    {
        if (seen.Add(row))
        {
            foreach (var child in row.Children)
            {
                Collect(child, seen);
            }
        }

        return seen;
    }
}
