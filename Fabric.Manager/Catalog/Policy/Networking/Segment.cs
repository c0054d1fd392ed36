using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A layer-2 network: on an overlay or a VLAN transport zone, alone or behind a gateway.</summary>
internal sealed record Segment : PolicyResource
{
    /// <summary>ROUTED behind a gateway, EXTENDED by L2VPN, both, or DISCONNECTED.</summary>
    [OneOf("ROUTED", "EXTENDED", "ROUTED_AND_EXTENDED", "DISCONNECTED"), ServerSet]
    public string Type { get; init; } = "DISCONNECTED";

    /// <summary>The gateway that routes for it.</summary>
    [PathTo(typeof(Tier0), typeof(Tier1))]
    public string? ConnectivityPath { get; init; }

    [PathTo(typeof(PolicyTransportZone))]
    public string? TransportZonePath { get; init; }

    /// <summary>Of its gateway, which has one address in each.</summary>
    public IReadOnlyList<SegmentSubnet>? Subnets { get; init; }

    /// <summary>VLANs or ranges; on a VLAN transport zone only.</summary>
    public IReadOnlyList<string>? VlanIds { get; init; }

    /// <summary>The VNI asked for.</summary>
    [Within(0, 16_777_215)]
    public int? OverlayId { get; init; }

    [PathTo(typeof(DhcpServerConfig), typeof(DhcpRelayConfig))]
    public string? DhcpConfigPath { get; init; }

    [PathTo(typeof(MetadataProxyConfig))]
    public IReadOnlyList<string>? MetadataProxyPaths { get; init; }

    public string? DomainName { get; init; }

    [AtMost(512)]
    public IReadOnlyList<PortAddressBindingEntry>? AddressBindings { get; init; }

    public SegmentAdvancedConfig AdvancedConfig { get; init; } = new();

    [OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";

    [OneOf("MTEP", "SOURCE")]
    public string ReplicationMode { get; init; } = "MTEP";

    public IReadOnlyList<BridgeProfileConfig>? BridgeProfiles { get; init; }

    public L2Extension? L2Extension { get; init; }

    public IReadOnlyList<SegmentExtraConfig>? ExtraConfigs { get; init; }

    /// <summary>The logical switch that it was made from.</summary>
    public string? LsId { get; init; }

    public string? MacPoolId { get; init; }

    [ServerSet]
    public bool? EvpnSegment { get; init; }

    public string? EvpnTenantConfigPath { get; init; }

    /// <summary>The VNI that it asked for.</summary>
    public override IEnumerable<Claim> Claims() => OverlayId is { } vni ? [OverlayClaim(vni)] : [];

    public static Claim OverlayClaim(int vni) => new("overlay-id", $"{vni}");
}

/// <summary>What few segments set: address pools, uRPF, whether the gateway routes for it now.</summary>
internal sealed record SegmentAdvancedConfig
{
    [AtMost(1), PathTo(typeof(IpAddressPool))]
    public IReadOnlyList<string> AddressPoolPaths { get; init; } = [];

    public bool Hybrid { get; init; }

    public bool InterRouter { get; init; }

    public bool LocalEgress { get; init; }

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    /// <summary>OFF: the segment stays on its gateway, and is not routed.</summary>
    [OneOf("ON", "OFF")]
    public string Connectivity { get; init; } = "ON";

    public bool? Multicast { get; init; }

    public bool? NodeLocalSwitch { get; init; }

    [PathTo(typeof(Ipv6NdraProfile))]
    public string? NdraProfilePath { get; init; }

    public string? UplinkTeamingPolicyName { get; init; }

    [OneOf("VCENTER")]
    public string? OriginType { get; init; }

    public string? OriginId { get; init; }

    public IReadOnlyList<LocalEgressRoutingEntry>? LocalEgressRoutingPolicies { get; init; }
}

/// <summary>Which prefixes leave by a next hop of the own site.</summary>
internal sealed record LocalEgressRoutingEntry
{
    [Mandatory]
    public string NexthopAddress { get; init; } = "";

    [Mandatory]
    public IReadOnlyList<string> PrefixListPaths { get; init; } = [];
}

/// <summary>The gateway's address on a segment, with the network that follows from it and what DHCP hands out there.</summary>
internal sealed record SegmentSubnet
{
    [WrittenAs(TextForm.Cidr)]
    public string? GatewayAddress { get; init; }

    [ServerSet]
    public string? Network { get; init; }

    [WrittenAs(TextForm.IpOrCidrOrRange), AtMost(99)]
    public IReadOnlyList<string>? DhcpRanges { get; init; }

    public SegmentDhcpConfig? DhcpConfig { get; init; }
}

/// <summary>A bridge between the segment and VLANs of an edge.</summary>
internal sealed record BridgeProfileConfig
{
    public IReadOnlyList<string>? VlanIds { get; init; }

    [Mandatory]
    public string BridgeProfilePath { get; init; } = "";

    public string? UplinkTeamingPolicyName { get; init; }

    [Mandatory]
    public string VlanTransportZonePath { get; init; } = "";
}

/// <summary>How a segment is stretched through L2VPN.</summary>
internal sealed record L2Extension
{
    public IReadOnlyList<string>? L2vpnPaths { get; init; }

    [Within(1, 4093)]
    public int? TunnelId { get; init; }

    public string? L2vpnPath { get; init; }

    public LocalEgress? LocalEgress { get; init; }
}

/// <summary>Addresses that answer at each site of a stretched segment.</summary>
internal sealed record LocalEgress
{
    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? OptimizedIps { get; init; }
}

/// <summary>Something vendor specific for a segment or port, kept as it came.</summary>
internal sealed record SegmentExtraConfig
{
    [Mandatory]
    public UnboundedKeyValuePair ConfigPair { get; init; } = new();
}

/// <summary>A key with a value of any length.</summary>
internal sealed record UnboundedKeyValuePair
{
    [Mandatory]
    public string Key { get; init; } = "";

    [Mandatory]
    public string Value { get; init; } = "";
}
