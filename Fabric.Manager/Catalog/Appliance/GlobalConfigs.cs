namespace Fabric.Manager.Catalog.Appliance;

/// <summary>Switching as a whole: the MTU of uplinks, and whether floods are replicated to every host.</summary>
internal sealed record SwitchingGlobalConfig : ManagedResource
{
    public int? ArpLimitPerLr { get; init; }

    public bool GlobalReplicationModeEnabled { get; init; }

    [Within(1280, 9000)]
    public int PhysicalUplinkMtu { get; init; } = 1700;

    public int? RemoteTunnelPhysicalMtu { get; init; }

    public int UplinkMtuThreshold { get; init; } = 9000;
}

/// <summary>Routing as a whole: the MACs of distributed routers, and which families they forward.</summary>
internal sealed record RoutingGlobalConfig : ManagedResource
{
    [Mandatory, OneOf("IPV4_ONLY", "IPV4_AND_IPV6")]
    public string L3ForwardingMode { get; init; } = "IPV4_ONLY";

    public bool? AllowChangingVdrMacInUse { get; init; }

    public int LogicalUplinkMtu { get; init; } = 1500;

    [WrittenAs(TextForm.Mac)]
    public string VdrMac { get; init; } = "02:50:56:56:44:52";

    [WrittenAs(TextForm.Mac)]
    public string VdrMacNested { get; init; } = "02:50:56:56:44:53";
}

/// <summary>The firewall as a whole; kept, for hosts here have one way to hold addresses.</summary>
[StorageOnly]
internal sealed record FirewallGlobalConfig : ManagedResource
{
    public bool GlobalAddrsetModeEnabled { get; init; } = true;

    public bool GlobalFastpathModeEnabled { get; init; } = true;
}
