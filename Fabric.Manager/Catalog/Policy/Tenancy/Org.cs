namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>An organization: the one named default owns every project.</summary>
internal sealed record Org : PolicyResource
{
    [ServerSet]
    public string? ShortId { get; init; }
}

/// <summary>A tenant with an infra of its own.</summary>
internal sealed record Project : PolicyResource
{
    [AtMost(8)]
    public string? ShortId { get; init; }
}
