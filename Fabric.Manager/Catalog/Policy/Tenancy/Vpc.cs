using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>A network of a project's own, with subnets that are carved for it.</summary>
internal sealed record Vpc : PolicyResource
{
    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string IpAddressType { get; init; } = "IPV4";

    [AtMost(8), Immutable]
    public string? ShortId { get; init; }

    /// <summary>Networks of its private subnets (NSX 9).</summary>
    [AtMost(5), WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? PrivateIps { get; init; }

    /// <summary>Blocks of its private subnets (NSX 4).</summary>
    [AtMost(5), PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? PrivateIpv4Blocks { get; init; }

    [AtMost(5), PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? ExternalIpv4Blocks { get; init; }

    [PathTo(typeof(Tier0))]
    public string? DefaultGatewayPath { get; init; }

    [PathTo(typeof(VpcServiceProfile))]
    public string? VpcServiceProfile { get; init; }

    public LoadBalancerVPCEndpoint? LoadBalancerVpcEndpoint { get; init; }

    public ServiceGateway? ServiceGateway { get; init; }

    public DhcpConfig? DhcpConfig { get; init; }

    public SubnetProfiles? SubnetProfiles { get; init; }

    public IReadOnlyList<SiteInfo>? SiteInfos { get; init; }

    [PathTo(typeof(Ipv6NdraProfile), typeof(Ipv6DadProfile))]
    public IReadOnlyList<string>? Ipv6ProfilePaths { get; init; }

    public bool ActivateDefaultDfwRules { get; init; } = true;

    public IReadOnlyList<string>? Limits { get; init; }
}

/// <summary>Whether load balancers may serve the VPC.</summary>
internal sealed record LoadBalancerVPCEndpoint
{
    public bool Enabled { get; init; }
}

/// <summary>North-south services of a VPC.</summary>
internal sealed record ServiceGateway
{
    public bool Disable { get; init; }

    public bool AutoSnat { get; init; } = true;

    public GatewayQosProfileConfig? QosConfig { get; init; }
}

/// <summary>Profiles that the subnets of a VPC start with.</summary>
internal sealed record SubnetProfiles
{
    [PathTo(typeof(IPDiscoveryProfile))]
    public string? IpDiscovery { get; init; }

    [PathTo(typeof(MacDiscoveryProfile))]
    public string? MacDiscovery { get; init; }

    [PathTo(typeof(QosProfile))]
    public string? Qos { get; init; }

    [PathTo(typeof(SegmentSecurityProfile))]
    public string? SegmentSecurity { get; init; }

    [PathTo(typeof(SpoofGuardProfile))]
    public string? SpoofGuard { get; init; }
}

/// <summary>DHCP in the subnets of a VPC.</summary>
internal sealed record DhcpConfig
{
    public bool EnableDhcp { get; init; } = true;

    [PathTo(typeof(DhcpRelayConfig))]
    public string? DhcpRelayConfigPath { get; init; }

    public DnsClientConfig? DnsClientConfig { get; init; }
}

/// <summary>DNS servers that DHCP names.</summary>
internal sealed record DnsClientConfig
{
    [AtMost(5), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsServerIps { get; init; }
}
