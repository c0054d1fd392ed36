namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>The host switches that the hosts of a cluster get.</summary>
internal sealed record PolicyHostTransportNodeProfile : PolicyResource
{
    public HostSwitchSpec? HostSwitchSpec { get; init; }

    public bool IgnoreOverriddenHosts { get; init; }
}

/// <summary>A compute cluster whose hosts get a profile.</summary>
internal sealed record HostTransportNodeCollection : PolicyResource
{
    [Mandatory]
    public string ComputeCollectionId { get; init; } = "";

    [PathTo(typeof(PolicyHostTransportNodeProfile), AlsoPlain = true)]
    public string? TransportNodeProfileId { get; init; }

    public bool? EnableNsxOnDvpg { get; init; }

    public bool? HasNvds { get; init; }

    public IReadOnlyList<SubClusterConfig>? SubClusterConfig { get; init; }
}

/// <summary>Host switches of a part of a cluster.</summary>
internal sealed record SubClusterConfig
{
    public IReadOnlyList<HostSwitchConfigSource>? HostSwitchConfigSources { get; init; }

    public string? SubClusterId { get; init; }
}

/// <summary>A part's source of configuration for one host switch.</summary>
internal sealed record HostSwitchConfigSource
{
    public string? HostSwitchId { get; init; }

    public string? TransportNodeProfileSubConfigName { get; init; }
}
