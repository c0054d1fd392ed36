using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Realization;

/// <summary>
/// Something a realizer has looked at: one resource (which may not exist yet), the children of a kind below a path, all of a kind, or those
/// of a kind that name a resource.
/// </summary>
internal readonly record struct Dependency(string Relation, string Kind, string Id)
{
    public static Dependency On(ResourceKey key) => new("is", key.Kind, key.Id);

    public static Dependency OnChildren(string kind, string parentPath) => new("below", kind, parentPath);

    public static Dependency OnAll(string kind) => new("all", kind, "");

    public static Dependency OnNaming(string kind, ResourceKey target) => new("names", kind, target.ToString());

    /// <summary>Everything that whoever looked at it would now see differently.</summary>
    public static IEnumerable<Dependency> TouchedBy(ResourceChange change)
    {
        yield return On(change.Key);
        yield return OnAll(change.Key.Kind);
        foreach (var resource in new[] { change.Before, change.After })
        {
            if (resource is PolicyResource { ParentPath: var parent })
            {
                yield return OnChildren(change.Key.Kind, parent);
            }

            foreach (var target in resource is null ? [] : ResourceLinks.References(resource))
            {
                yield return OnNaming(change.Key.Kind, target);
            }
        }
    }
}
