namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A location with a manager of its own; without federation there is the one named default.</summary>
internal sealed record Site : PolicyResource;

/// <summary>A fabric that enforces what policy says: here this manager itself, named default.</summary>
internal sealed record EnforcementPoint : PolicyResource
{
    public bool? AutoEnforce { get; init; }

    [ServerSet]
    public string? Version { get; init; }
}
