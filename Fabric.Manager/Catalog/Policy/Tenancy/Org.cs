namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The root of everything that belongs to tenants; there is one, default.</summary>
internal sealed record Org : PolicyResource
{
    public string? ShortId { get; init; }
}
