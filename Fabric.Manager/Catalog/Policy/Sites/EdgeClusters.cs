namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>Edge nodes that carry gateways together. The Manager API shows the same cluster as an EdgeCluster.</summary>
internal sealed record PolicyEdgeCluster : PolicyResource
{
    /// <summary>The id of the cluster in the Manager API.</summary>
    [ServerSet]
    public string? NsxId { get; init; }

    [OneOf("EDGE_NODE", "PUBLIC_CLOUD_GATEWAY_NODE", "UNKNOWN"), ServerSet]
    public string? MemberNodeType { get; init; }

    [ServerSet]
    public bool? InterSiteForwardingEnabled { get; init; }

    [WrittenAs(TextForm.Ip), ServerSet]
    public IReadOnlyList<string>? RtepIps { get; init; }
}

/// <summary>A member of an edge cluster.</summary>
internal sealed record PolicyEdgeNode : PolicyResource
{
    [ServerSet]
    public long? MemberIndex { get; init; }

    /// <summary>The id of its transport node in the Manager API.</summary>
    [ServerSet]
    public string? NsxId { get; init; }
}
