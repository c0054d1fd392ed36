namespace Fabric.Manager.Catalog.Hosts;

/// <summary>Host switches that hosts of a collection get.</summary>
[StorageOnly]
internal sealed record TransportNodeProfile : ManagedResource
{
    public HostSwitchSpec? HostSwitchSpec { get; init; }

    public bool? IgnoreOverriddenHosts { get; init; }
}

/// <summary>A collection of hosts that gets a profile.</summary>
[StorageOnly]
internal sealed record TransportNodeCollection : ManagedResource
{
    [Mandatory]
    public string ComputeCollectionId { get; init; } = "";

    [Mandatory, RefersTo(typeof(TransportNodeProfile))]
    public string TransportNodeProfileId { get; init; } = "";

    public bool? HasNvds { get; init; }

    [OneOf("MICROSEG", "NORMAL"), ServerSet]
    public string? InstallMode { get; init; }
}
