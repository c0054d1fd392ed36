namespace Fabric.Manager.Catalog.Routing;

/// <summary>Prefixes let through or kept, in order.</summary>
internal sealed record IPPrefixList : ManagedResource
{
    [Mandatory, AtMost(1330000), AtLeast(1)]
    public IReadOnlyList<PrefixConfig> Prefixes { get; init; } = [];

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}

/// <summary>A prefix, and how much longer ones count with it.</summary>
internal sealed record PrefixConfig
{
    [Mandatory, OneOf("PERMIT", "DENY")]
    public string Action { get; init; } = "";

    [Within(1, 128)]
    public long? Ge { get; init; }

    [Within(1, 128)]
    public long? Le { get; init; }

    [WrittenAs(TextForm.Cidr)]
    public string? Network { get; init; }
}
