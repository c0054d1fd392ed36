namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A Kubernetes cluster whose own control plane enforces policies of this manager.</summary>
internal sealed record ClusterControlPlane : PolicyResource
{
    public string? Certificate { get; init; }

    public string? NodeId { get; init; }

    public string? VhcPath { get; init; }
}
