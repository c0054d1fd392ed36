using Fabric.Manager.Catalog.Edge;

namespace Fabric.Manager.Catalog.Bridging;

/// <summary>Hosts that bridge switches to VLANs.</summary>
[StorageOnly]
internal sealed record BridgeCluster : ManagedResource
{
    [AtMost(2)]
    public IReadOnlyList<BridgeClusterNode>? BridgeNodes { get; init; }

    public IReadOnlyList<ClusterProfileTypeIdEntry>? ClusterProfileBindings { get; init; }
}

/// <summary>A host of such a cluster.</summary>
internal sealed record BridgeClusterNode
{
    [ServerSet]
    public string? HaMac { get; init; }

    [AtMost(36), RefersTo(typeof(TransportNode))]
    public string? TransportNodeId { get; init; }
}

/// <summary>Edges that bridge switches to VLANs.</summary>
[StorageOnly]
internal sealed record BridgeEndpointProfile : ManagedResource
{
    [Mandatory, AtMost(36), RefersTo(typeof(EdgeCluster))]
    public string EdgeClusterId { get; init; } = "";

    public IReadOnlyList<long>? EdgeClusterMemberIndexes { get; init; }

    [OneOf("PREEMPTIVE", "NON_PREEMPTIVE")]
    public string FailoverMode { get; init; } = "PREEMPTIVE";

    [OneOf("ACTIVE_STANDBY")]
    public string HighAvailabilityMode { get; init; } = "ACTIVE_STANDBY";
}

/// <summary>The VLAN that a switch is bridged to.</summary>
[StorageOnly]
internal sealed record BridgeEndpoint : ManagedResource
{
    [AtMost(36), RefersTo(typeof(BridgeCluster))]
    public string? BridgeClusterId { get; init; }

    [RefersTo(typeof(BridgeEndpointProfile))]
    public string? BridgeEndpointProfileId { get; init; }

    public bool HaEnable { get; init; } = true;

    public string? UplinkTeamingPolicyName { get; init; }

    public long? Vlan { get; init; }

    [RefersTo(typeof(TransportZone))]
    public string? VlanTransportZoneId { get; init; }

    public VlanTrunkSpec? VlanTrunkSpec { get; init; }
}
