namespace Fabric.Manager.Catalog;

/// <summary>How a host switch uses its uplinks and shares them.</summary>
[Family(typeof(UplinkHostSwitchProfile), typeof(LldpHostSwitchProfile), typeof(NiocProfile))]
internal abstract record BaseHostSwitchProfile : ManagedResource
{
    [ServerSet]
    public IReadOnlyList<string>? RequiredCapabilities { get; init; }
}

/// <summary>Teaming, transport VLAN, MTU and encapsulation of an uplink.</summary>
internal sealed record UplinkHostSwitchProfile : BaseHostSwitchProfile
{
    [AtMost(64)]
    public IReadOnlyList<Lag>? Lags { get; init; }

    /// <summary>Unset: the global physical uplink MTU, 1700.</summary>
    [Within(1280, 9000)]
    public int? Mtu { get; init; }

    [AtMost(32)]
    public IReadOnlyList<NamedTeamingPolicy>? NamedTeamings { get; init; }

    [OneOf("GENEVE", "VXLAN")]
    public string OverlayEncap { get; init; } = "GENEVE";

    [Mandatory]
    public TeamingPolicy Teaming { get; init; } = new();

    [Within(0, 4094)]
    public int TransportVlan { get; init; }
}

/// <summary>Link layer discovery on the uplinks.</summary>
internal sealed record LldpHostSwitchProfile : BaseHostSwitchProfile
{
    [Mandatory]
    public bool SendEnabled { get; init; }
}

/// <summary>Shares of bandwidth between kinds of host traffic.</summary>
internal sealed record NiocProfile : BaseHostSwitchProfile
{
    public bool Enabled { get; init; } = true;

    public IReadOnlyList<ResourceAllocation>? HostInfraTrafficRes { get; init; }
}

/// <summary>What one kind of host traffic may take.</summary>
internal sealed record ResourceAllocation
{
    [Mandatory, OneOf("FAULT_TOLERANCE", "HBR", "ISCSI", "MANAGEMENT", "NFS", "VDP", "VIRTUAL_MACHINE", "VMOTION", "VSAN", "NVMETCP")]
    public string TrafficType { get; init; } = "";

    [Mandatory]
    public double Limit { get; init; } = -1;

    [Mandatory]
    public double Reservation { get; init; }

    [Mandatory, Within(1, 100)]
    public int Shares { get; init; } = 50;
}

/// <summary>Which uplinks carry traffic, and which stand by.</summary>
internal record TeamingPolicy
{
    [Mandatory]
    public IReadOnlyList<Uplink> ActiveList { get; init; } = [];

    public IReadOnlyList<Uplink>? StandbyList { get; init; }

    [Mandatory, OneOf("FAILOVER_ORDER", "LOADBALANCE_SRCID", "LOADBALANCE_SRC_MAC")]
    public string Policy { get; init; } = "FAILOVER_ORDER";

    public bool? RollingOrder { get; init; }
}

/// <summary>A teaming policy that logical switches choose by name.</summary>
internal sealed record NamedTeamingPolicy : TeamingPolicy
{
    [Mandatory]
    public string Name { get; init; } = "";
}

/// <summary>An uplink of a host switch, named in its profile.</summary>
internal sealed record Uplink
{
    [Mandatory]
    public string UplinkName { get; init; } = "";

    [Mandatory, OneOf("PNIC", "LAG")]
    public string UplinkType { get; init; } = "PNIC";

    [OneOf("PRP_LAN_A", "PRP_LAN_B", "DPU")]
    public string? UplinkInfo { get; init; }
}

/// <summary>Several physical links that act as one.</summary>
internal sealed record Lag
{
    [ServerSet]
    public string? Id { get; init; }

    [Mandatory, OneOf("SRCMAC", "DESTMAC", "SRCDESTMAC", "SRCDESTIPVLAN", "SRCDESTMACIPPORT")]
    public string LoadBalanceAlgorithm { get; init; } = "";

    [Mandatory, OneOf("ACTIVE", "PASSIVE")]
    public string Mode { get; init; } = "";

    [Mandatory]
    public string Name { get; init; } = "";

    [Mandatory, Within(2, 32)]
    public int NumberOfUplinks { get; init; }

    [OneOf("SLOW", "FAST")]
    public string TimeoutType { get; init; } = "SLOW";

    [ServerSet]
    public IReadOnlyList<Uplink>? Uplinks { get; init; }
}
