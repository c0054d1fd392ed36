using System.Collections.Concurrent;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Catalog;

/// <summary>
/// A resource by kind and id, a policy object by kind and path. The kind is its family's: every switching profile is a BaseSwitchingProfile.
/// Kinds are names of records, and those are unique in both APIs together (held by the record names of the data file).
/// </summary>
internal readonly record struct ResourceKey(string Kind, string Id)
{
    private static readonly ConcurrentDictionary<Type, string> Kinds = new();

    public static ResourceKey Of<T>(string id)
        where T : ManagedResource
        => new(KindOf(typeof(T)), id);

    public static ResourceKey Of(ManagedResource resource) => new(KindOf(resource.GetType()), resource is PolicyResource policy ? policy.Path : resource.Id);

    /// <summary>The record right below ManagedResource or PolicyResource names the kind.</summary>
    public static string KindOf(Type record)
        => Kinds.GetOrAdd(record, static type =>
        {
            while (type.BaseType is { } parent && parent != typeof(ManagedResource) && parent != typeof(PolicyResource))
            {
                type = parent;
            }

            return type.Name;
        });

    public override string ToString() => $"{Kind}/{Id}";
}

/// <summary>A value that one resource at most may hold: a VNI, an address of a pool, a VIF.</summary>
internal readonly record struct Claim(string Space, string Value);
