using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>An uplink, service or loopback interface of a tier-0.</summary>
internal sealed record Tier0Interface : PolicyResource
{
    [OneOf("EXTERNAL", "SERVICE", "LOOPBACK", "INTERVRF")]
    public string Type { get; init; } = "EXTERNAL";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<InterfaceSubnet> Subnets { get; init; } = [];

    [PathTo(typeof(Segment))]
    public string? SegmentPath { get; init; }

    [PathTo(typeof(PolicyEdgeNode))]
    public string? EdgePath { get; init; }

    public int? EdgeClusterMemberIndex { get; init; }

    [Within(0, 4094)]
    public long? AccessVlanId { get; init; }

    [Within(64, 9000)]
    public int? Mtu { get; init; }

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    [OneOf("UP", "DOWN")]
    public string? AdminState { get; init; }

    [PathTo(typeof(DhcpRelayConfig))]
    public string? DhcpRelayPath { get; init; }

    [AtMost(2), PathTo(typeof(Ipv6NdraProfile), typeof(Ipv6DadProfile))]
    public IReadOnlyList<string>? Ipv6ProfilePaths { get; init; }

    public Tier0InterfacePimConfig? Multicast { get; init; }

    public PolicyInterfaceOspfConfig? Ospf { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? IgmpLocalJoinGroups { get; init; }

    public string? LsId { get; init; }

    public IReadOnlyList<string>? ProxyArpFilters { get; init; }
}

/// <summary>A service interface of a tier-1.</summary>
internal sealed record Tier1Interface : PolicyResource
{
    [Mandatory, PathTo(typeof(Segment))]
    public string SegmentPath { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<InterfaceSubnet> Subnets { get; init; } = [];

    [Within(64, 9000)]
    public int? Mtu { get; init; }

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    [OneOf("UP", "DOWN")]
    public string? AdminState { get; init; }

    [PathTo(typeof(DhcpRelayConfig))]
    public string? DhcpRelayPath { get; init; }

    [AtMost(2), PathTo(typeof(Ipv6NdraProfile), typeof(Ipv6DadProfile))]
    public IReadOnlyList<string>? Ipv6ProfilePaths { get; init; }
}

/// <summary>Addresses of an interface with their prefix length.</summary>
internal sealed record InterfaceSubnet
{
    [Mandatory, WrittenAs(TextForm.Ip), AtLeast(1)]
    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    [Mandatory, Within(1, 128)]
    public int PrefixLen { get; init; }
}

/// <summary>PIM on an uplink.</summary>
internal sealed record Tier0InterfacePimConfig
{
    public bool Enabled { get; init; }

    [Within(1, 180)]
    public int HelloInterval { get; init; } = 30;

    [Within(1, 630)]
    public int? HoldInterval { get; init; }
}

/// <summary>OSPF on an uplink.</summary>
internal sealed record PolicyInterfaceOspfConfig
{
    [Mandatory, PathTo(typeof(OspfAreaConfig))]
    public string OspfArea { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public bool EnableBfd { get; init; }

    [PathTo(typeof(BfdProfile))]
    public string? BfdPath { get; init; }

    [OneOf("BROADCAST", "P2P")]
    public string NetworkType { get; init; } = "BROADCAST";

    [Within(1, 65_535)]
    public int HelloInterval { get; init; } = 10;

    [Within(1, 65_535)]
    public int DeadInterval { get; init; } = 40;
}
