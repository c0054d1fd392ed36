using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>A subnet of a VPC. Without addresses of its own it is carved from the VPC's blocks.</summary>
internal sealed record VpcSubnet : PolicyResource, ITakesFromBlock
{
    [OneOf("Private", "Public", "Isolated", "Private_TGW", "L2_Only")]
    public string AccessMode { get; init; } = "Private";

    [AtMost(2), WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? IpAddresses { get; init; }

    /// <summary>A power of two.</summary>
    [Within(8, 65_536)]
    public int? Ipv4SubnetSize { get; init; }

    /// <summary>The block that it was carved from.</summary>
    [PathTo(typeof(IpAddressBlock))]
    public IReadOnlyList<string>? IpBlocks { get; init; }

    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string? IpAddressType { get; init; }

    public string? VlanConnection { get; init; }

    public VpcSubnetDhcpConfig? DhcpConfig { get; init; }

    public SubnetDhcpConfig? SubnetDhcpConfig { get; init; }

    public SubnetAdvancedConfig AdvancedConfig { get; init; } = new();

    public IEnumerable<string> TakenFrom(string block) => IpBlocks?.Contains(block) == true ? IpAddresses ?? [] : [];
}

/// <summary>Gateway, DHCP server and allocation of addresses in a subnet.</summary>
internal sealed record SubnetAdvancedConfig
{
    [OneOf("CONNECTED", "DISCONNECTED")]
    public string ConnectivityState { get; init; } = "CONNECTED";

    public StaticIpAllocation? StaticIpAllocation { get; init; }

    [AtMost(2)]
    public IReadOnlyList<string>? GatewayAddresses { get; init; }

    [AtMost(2)]
    public IReadOnlyList<string>? DhcpServerAddresses { get; init; }

    public IReadOnlyList<SegmentExtraConfig>? ExtraConfigs { get; init; }
}

/// <summary>Whether ports get their addresses from the manager.</summary>
internal sealed record StaticIpAllocation
{
    public bool Enabled { get; init; }

    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string>? PoolRanges { get; init; }
}

/// <summary>DHCP in a subnet, as NSX 4 states it.</summary>
internal sealed record VpcSubnetDhcpConfig
{
    public bool EnableDhcp { get; init; }

    [PathTo(typeof(DhcpRelayConfig))]
    public string? DhcpRelayConfigPath { get; init; }

    public DnsClientConfig? DnsClientConfig { get; init; }

    public StaticPoolConfig? StaticPoolConfig { get; init; }
}

/// <summary>How many addresses of a subnet are kept for static use.</summary>
internal sealed record StaticPoolConfig
{
    [Within(0, int.MaxValue)]
    public int? Ipv4PoolSize { get; init; }
}

/// <summary>DHCP in a subnet, as NSX 9 states it.</summary>
internal sealed record SubnetDhcpConfig
{
    [OneOf("DHCP_SERVER", "DHCP_RELAY", "DHCP_DEACTIVATED")]
    public string Mode { get; init; } = "DHCP_DEACTIVATED";

    public DhcpServerAdditionalConfig? DhcpServerAdditionalConfig { get; init; }
}

/// <summary>What a DHCP server adds to its answers, and the addresses that it keeps back.</summary>
internal sealed record DhcpServerAdditionalConfig
{
    public DhcpV4Options? Options { get; init; }

    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string>? ReservedIpRanges { get; init; }
}
