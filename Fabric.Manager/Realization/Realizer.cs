using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Realization;

/// <summary>
/// What one kind of policy object becomes: a pure function from the object, and what it reads through the <see cref="IntentReader"/>, to the
/// Manager objects that it wants, in the order in which they can be made. What it read decides what makes it run again.
/// </summary>
internal sealed class Realizer
{
    private readonly Func<IntentReader, PolicyResource, IEnumerable<ManagedResource>> _wants;
    private readonly Func<PolicyResource, IReadOnlyList<RealizedAttribute>> _attributes;

    private Realizer(
        Type intent,
        string? entityType,
        Func<IntentReader, PolicyResource, IEnumerable<ManagedResource>> wants,
        Func<PolicyResource, IReadOnlyList<RealizedAttribute>> attributes)
    {
        Intent = intent;
        EntityType = entityType;
        _wants = wants;
        _attributes = attributes;
    }

    /// <summary>The record, or the family, of the policy objects.</summary>
    public Type Intent { get; }

    /// <summary>Of the one entity that stands for an intent without a Manager object, such as an address taken from a pool; else null.</summary>
    public string? EntityType { get; }

    /// <summary>An intent that becomes Manager objects.</summary>
    public static Realizer Of<T>(Func<IntentReader, T, IEnumerable<ManagedResource>> wants)
        where T : PolicyResource
        => new(typeof(T), null, (reader, intent) => wants(reader, (T)intent), _ => []);

    /// <summary>An intent that is fulfilled in itself, with what came of it.</summary>
    public static Realizer Entity<T>(string entityType, Func<T, IReadOnlyList<RealizedAttribute>> attributes)
        where T : PolicyResource
        => new(typeof(T), entityType, (_, _) => [], intent => attributes((T)intent));

    public IEnumerable<ManagedResource> Wants(IntentReader reader, PolicyResource intent) => _wants(reader, intent);

    public IReadOnlyList<RealizedAttribute> Attributes(PolicyResource intent) => _attributes(intent);
}

/// <summary>A fact about a realized entity that the policy object itself does not tell.</summary>
internal sealed record RealizedAttribute(string Key, string Value);
