namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Groups, segments and ports that the distributed firewall leaves alone.</summary>
internal sealed record PolicyExcludeList : PolicyResource
{
    [Mandatory, AtMost(1000), PathTo]
    public IReadOnlyList<string> Members { get; init; } = [];
}

/// <summary>Switches of the whole distributed firewall.</summary>
[StorageOnly]
internal sealed record DfwFirewallConfiguration : PolicyResource
{
    public bool DisableAutoDrafts { get; init; }

    public bool EnableFirewall { get; init; } = true;

    public bool GlobalAddrsetModeEnabled { get; init; } = true;

    public bool GlobalMacsetOptimizationModeEnabled { get; init; }

    public bool IdfwEnabled { get; init; }

    public bool IdfwEventLogScraperEnabled { get; init; }

    public bool IdfwLoginsightEnabled { get; init; }
}

/// <summary>How long connections are remembered, by what they are and where they stand.</summary>
[StorageOnly]
internal sealed record PolicyFirewallSessionTimerProfile : PolicyResource
{
    [Mandatory, Within(10, 4_320_000)]
    public long IcmpErrorReply { get; init; } = 10;

    [Mandatory, Within(10, 4_320_000)]
    public long IcmpFirstPacket { get; init; } = 20;

    [Mandatory, Within(10, 4_320_000)]
    public long TcpClosed { get; init; } = 20;

    [Mandatory, Within(10, 4_320_000)]
    public long TcpClosing { get; init; } = 120;

    [Mandatory, Within(120, 4_320_000)]
    public long TcpEstablished { get; init; } = 43_200;

    [Mandatory, Within(10, 4_320_000)]
    public long TcpFinwait { get; init; } = 45;

    [Mandatory, Within(10, 4_320_000)]
    public long TcpFirstPacket { get; init; } = 120;

    [Mandatory, Within(10, 4_320_000)]
    public long TcpOpening { get; init; } = 30;

    [Mandatory, Within(10, 4_320_000)]
    public long UdpFirstPacket { get; init; } = 60;

    [Mandatory, Within(10, 4_320_000)]
    public long UdpMultiple { get; init; } = 60;

    [Mandatory, Within(10, 4_320_000)]
    public long UdpSingle { get; init; } = 30;
}

/// <summary>Which group's members remember connections for how long.</summary>
[StorageOnly]
internal sealed record PolicyFirewallSessionTimerProfileBindingMap : PolicyResource
{
    [Mandatory, PathTo(typeof(PolicyFirewallSessionTimerProfile))]
    public string FirewallSessionTimerProfilePath { get; init; } = "";

    [Within(0, 100_000)]
    public long? SequenceNumber { get; init; }
}

/// <summary>Which gateway remembers connections for how long.</summary>
[StorageOnly]
internal sealed record SessionTimerProfileBindingMap : PolicyResource
{
    [Mandatory, PathTo(typeof(PolicyFirewallSessionTimerProfile))]
    public string ProfilePath { get; init; } = "";
}

/// <summary>How many half-open connections and flows are too many.</summary>
[StorageOnly, Family(typeof(DistributedFloodProtectionProfile), typeof(GatewayFloodProtectionProfile))]
internal abstract record FloodProtectionProfile : PolicyResource
{
    [Within(1, 1_000_000)]
    public long? IcmpActiveFlowLimit { get; init; }

    [Within(1, 1_000_000)]
    public long? OtherActiveConnLimit { get; init; }

    [Within(1, 1_000_000)]
    public long? TcpHalfOpenConnLimit { get; init; }

    [Within(1, 1_000_000)]
    public long? UdpActiveFlowLimit { get; init; }
}

/// <summary>For members of groups.</summary>
[StorageOnly]
internal sealed record DistributedFloodProtectionProfile : FloodProtectionProfile
{
    public bool EnableRstSpoofing { get; init; }

    public bool EnableSyncache { get; init; }
}

/// <summary>For gateways.</summary>
[StorageOnly]
internal sealed record GatewayFloodProtectionProfile : FloodProtectionProfile
{
    [Within(1, int.MaxValue)]
    public long NatActiveConnLimit { get; init; } = int.MaxValue;
}

/// <summary>Which group's members are protected how; the lowest number wins.</summary>
[StorageOnly]
internal sealed record PolicyFirewallFloodProtectionProfileBindingMap : PolicyResource
{
    [Mandatory, PathTo(typeof(FloodProtectionProfile))]
    public string ProfilePath { get; init; } = "";

    [Mandatory, Within(0, int.MaxValue)]
    public long SequenceNumber { get; init; }
}

/// <summary>Which gateway is protected how.</summary>
[StorageOnly]
internal sealed record FloodProtectionProfileBindingMap : PolicyResource
{
    [Mandatory, PathTo(typeof(FloodProtectionProfile))]
    public string ProfilePath { get; init; } = "";
}

/// <summary>When a policy's rules apply.</summary>
[StorageOnly]
internal sealed record PolicyFirewallScheduler : PolicyResource
{
    [OneOf("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")]
    public IReadOnlyList<string>? Days { get; init; }

    [Mandatory]
    public string EndDate { get; init; } = "";

    public string? EndTime { get; init; }

    [Mandatory]
    public bool Recurring { get; init; }

    [Mandatory]
    public string StartDate { get; init; } = "";

    public string? StartTime { get; init; }

    [AtMost(1)]
    public IReadOnlyList<PolicyTimeIntervalValue>? TimeInterval { get; init; }

    [Mandatory, OneOf("UTC", "LOCAL")]
    public string Timezone { get; init; } = "UTC";
}

/// <summary>From one time of the day to another.</summary>
internal sealed record PolicyTimeIntervalValue
{
    public string? EndTime { get; init; }

    public string? StartTime { get; init; }
}

/// <summary>A container cluster that a policy's rules reach into.</summary>
[StorageOnly]
internal sealed record SecurityPolicyContainerCluster : PolicyResource
{
    [Mandatory]
    public string ContainerClusterPath { get; init; } = "";

    [OneOf("ANTREA")]
    public string ContainerClusterType { get; init; } = "ANTREA";
}

/// <summary>What a gateway looks into besides its firewall.</summary>
[StorageOnly]
internal sealed record SecurityFeatures : PolicyResource
{
    public IReadOnlyList<SecurityFeature> Features { get; init; } = [];
}

/// <summary>One of those, and whether it is on.</summary>
internal sealed record SecurityFeature
{
    public bool Enable { get; init; }

    [Mandatory, OneOf("MALWAREPREVENTION", "IDFW", "IDPS", "TLS")]
    public string Feature { get; init; } = "";
}
