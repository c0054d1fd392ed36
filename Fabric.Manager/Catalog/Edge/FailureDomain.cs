namespace Fabric.Manager.Catalog.Edge;

/// <summary>A place, such as a rack, whose edges may fail together.</summary>
internal sealed record FailureDomain : ManagedResource
{
    /// <summary>Whether active services are put here first, last, or wherever.</summary>
    public bool? PreferredActiveEdgeServices { get; init; }
}
