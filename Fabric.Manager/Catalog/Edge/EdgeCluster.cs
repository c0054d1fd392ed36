using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Edge;

/// <summary>Edges that share the services of routers.</summary>
internal sealed record EdgeCluster : ManagedResource
{
    public IReadOnlyList<AllocationRule>? AllocationRules { get; init; }

    public IReadOnlyList<ClusterProfileTypeIdEntry>? ClusterProfileBindings { get; init; }

    [OneOf("VIRTUAL_MACHINE", "PHYSICAL_MACHINE", "UNKNOWN"), ServerSet]
    public string? DeploymentType { get; init; }

    [ServerSet]
    public bool? EnableInterSiteForwarding { get; init; }

    [OneOf("EDGE_NODE", "PUBLIC_CLOUD_GATEWAY_NODE", "UNKNOWN"), ServerSet]
    public string? MemberNodeType { get; init; }

    public IReadOnlyList<EdgeClusterMember>? Members { get; init; }

    [ServerSet]
    public IReadOnlyList<NodeRtepIpsConfig>? NodeRtepIps { get; init; }
}

/// <summary>An edge of a cluster.</summary>
internal sealed record EdgeClusterMember
{
    [Mandatory, RefersTo(typeof(TransportNode))]
    public string TransportNodeId { get; init; } = "";

    public string? Description { get; init; }

    public string? DisplayName { get; init; }

    [ServerSet]
    public int? MemberIndex { get; init; }
}

/// <summary>Which profile a cluster uses.</summary>
internal sealed record ClusterProfileTypeIdEntry
{
    [Mandatory, RefersTo(typeof(ClusterProfile))]
    public string ProfileId { get; init; } = "";

    [OneOf("EdgeHighAvailabilityProfile", "BridgeHighAvailabilityClusterProfile")]
    public string? ResourceType { get; init; }
}

/// <summary>How services are spread over the edges.</summary>
internal sealed record AllocationRule
{
    [Mandatory]
    public AllocationRuleAction? Action { get; init; }
}

/// <summary>What such a rule does.</summary>
[Family(typeof(AllocationBasedOnFailureDomain), By = "action_type")]
internal abstract record AllocationRuleAction
{
    [JsonPropertyOrder(-9)]
    public string ActionType => GetType().Name;
}

/// <summary>Keeps the two halves of a service in different failure domains.</summary>
internal sealed record AllocationBasedOnFailureDomain : AllocationRuleAction
{
    public bool Enabled { get; init; }
}

/// <summary>Remote tunnel endpoints of an edge.</summary>
internal sealed record NodeRtepIpsConfig
{
    [ServerSet]
    public int? MemberIndex { get; init; }

    [ServerSet, WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? RtepIps { get; init; }

    [ServerSet]
    public string? TransportNodeId { get; init; }
}
