namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>How the addresses behind a port are found.</summary>
internal sealed record IPDiscoveryProfile : PolicyResource
{
    public IPv4DiscoveryOptions IpV4DiscoveryOptions { get; init; } = new();

    public IPv6DiscoveryOptions IpV6DiscoveryOptions { get; init; } = new();

    /// <summary>Minutes.</summary>
    [Within(5, 120)]
    public int ArpNdBindingTimeout { get; init; } = 10;

    public DuplicateIPDetectionOptions DuplicateIpDetection { get; init; } = new();

    /// <summary>The first address seen is trusted.</summary>
    public bool TofuEnabled { get; init; } = true;
}

/// <summary>Sources of IPv4 addresses.</summary>
internal sealed record IPv4DiscoveryOptions
{
    public ArpSnoopingConfig ArpSnoopingConfig { get; init; } = new();

    public bool DhcpSnoopingEnabled { get; init; } = true;

    public bool VmtoolsEnabled { get; init; } = true;
}

/// <summary>Sources of IPv6 addresses.</summary>
internal sealed record IPv6DiscoveryOptions
{
    public NdSnoopingConfig NdSnoopingConfig { get; init; } = new();

    public bool DhcpSnoopingV6Enabled { get; init; }

    public bool VmtoolsV6Enabled { get; init; }
}

/// <summary>Addresses learned from ARP.</summary>
internal sealed record ArpSnoopingConfig
{
    public bool ArpSnoopingEnabled { get; init; } = true;

    [Within(1, 256)]
    public int ArpBindingLimit { get; init; } = 1;
}

/// <summary>Addresses learned from neighbor discovery.</summary>
internal sealed record NdSnoopingConfig
{
    public bool NdSnoopingEnabled { get; init; }

    [Within(2, 15)]
    public int NdSnoopingLimit { get; init; } = 3;
}

/// <summary>Whether an address that another port holds is withheld.</summary>
internal sealed record DuplicateIPDetectionOptions
{
    public bool DuplicateIpDetectionEnabled { get; init; }
}
