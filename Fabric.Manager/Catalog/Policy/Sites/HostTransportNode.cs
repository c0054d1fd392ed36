namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A hypervisor with its host switches. The Manager API shows the same host as a TransportNode.</summary>
internal sealed record HostTransportNode : PolicyResource
{
    public HostSwitchSpec? HostSwitchSpec { get; init; }

    public HostNode? NodeDeploymentInfo { get; init; }

    public string? DiscoveredNodeIdForCreate { get; init; }

    [ServerSet]
    public bool? IsOverridden { get; init; }

    [OneOf("ENABLED", "FORCE_ENABLED", "DISABLED"), ServerSet]
    public string? MaintenanceMode { get; init; }
}
