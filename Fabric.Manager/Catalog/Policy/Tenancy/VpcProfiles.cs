using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>How a VPC reaches the world: through which transit gateway, with which blocks.</summary>
internal sealed record VpcConnectivityProfile : PolicyResource
{
    [Mandatory, PathTo(typeof(TransitGateway))]
    public string TransitGatewayPath { get; init; } = "";

    [PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? ExternalIpBlocks { get; init; }

    [PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? PrivateTgwIpBlocks { get; init; }

    public VpcServiceGatewayConfig? ServiceGateway { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }
}

/// <summary>North-south services of VPCs that use a connectivity profile.</summary>
internal sealed record VpcServiceGatewayConfig
{
    public bool Enable { get; init; }

    public VpcNatConfig? NatConfig { get; init; }

    public GatewayQosProfileConfig? QosConfig { get; init; }

    [PathTo(typeof(PolicyEdgeCluster))]
    public IReadOnlyList<string>? EdgeClusterPaths { get; init; }
}

/// <summary>Whether private subnets leave with a public address.</summary>
internal sealed record VpcNatConfig
{
    public bool EnableDefaultSnat { get; init; }
}

/// <summary>Profiles and DHCP that the subnets of VPCs start with.</summary>
internal sealed record VpcServiceProfile : PolicyResource
{
    [PathTo(typeof(MacDiscoveryProfile))]
    public string? MacDiscoveryProfile { get; init; }

    [PathTo(typeof(IPDiscoveryProfile))]
    public string? IpDiscoveryProfile { get; init; }

    [PathTo(typeof(SpoofGuardProfile))]
    public string? SpoofGuardProfile { get; init; }

    [PathTo(typeof(SegmentSecurityProfile))]
    public string? SecurityProfile { get; init; }

    [PathTo(typeof(QosProfile))]
    public string? QosProfile { get; init; }

    public VpcProfileDhcpConfig? DhcpConfig { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }
}

/// <summary>DHCP of a service profile: a server or a relay.</summary>
internal sealed record VpcProfileDhcpConfig
{
    public VpcDhcpServerConfig? DhcpServerConfig { get; init; }

    public VpcDhcpRelayConfig? DhcpRelayConfig { get; init; }
}

/// <summary>A DHCP server for subnets.</summary>
internal sealed record VpcDhcpServerConfig
{
    public DnsClientConfig? DnsClientConfig { get; init; }

    /// <summary>Seconds.</summary>
    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    public IReadOnlyList<string>? NtpServers { get; init; }

    public VpcDhcpAdvancedConfig? AdvancedConfig { get; init; }
}

/// <summary>Where the DHCP server of a VPC runs.</summary>
internal sealed record VpcDhcpAdvancedConfig
{
    public bool IsDistributedDhcp { get; init; }
}

/// <summary>DHCP servers elsewhere.</summary>
internal sealed record VpcDhcpRelayConfig
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> ServerAddresses { get; init; } = [];
}
