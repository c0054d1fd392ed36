using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>How far a segment may reach. The Manager API shows the same zone as a TransportZone.</summary>
internal sealed record PolicyTransportZone : PolicyResource
{
    [OneOf("OVERLAY_STANDARD", "OVERLAY_ENS", "VLAN_BACKED", "OVERLAY_BACKED", "UNKNOWN"), Immutable]
    public string TzType { get; init; } = "OVERLAY_BACKED";

    public bool IsDefault { get; init; }

    public bool NestedNsx { get; init; }

    [OneOf("IPV4_ONLY", "IPV6_ONLY", "IPV4_AND_IPV6")]
    public string? ForwardingMode { get; init; }

    public IReadOnlyList<string>? UplinkTeamingPolicyNames { get; init; }

    public IReadOnlyList<string>? AuthorizedVlans { get; init; }

    public IReadOnlyList<string>? TransportZoneProfilePaths { get; init; }

    /// <summary>The id of the zone in the Manager API.</summary>
    [ServerSet]
    public string? NsxId { get; init; }

    [ServerSet]
    public string? OriginId { get; init; }

    [JsonIgnore]
    public bool IsOverlay => TzType != "VLAN_BACKED";
}
