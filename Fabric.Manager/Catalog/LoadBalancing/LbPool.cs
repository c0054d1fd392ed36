namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>Servers that share the load.</summary>
internal sealed record LbPool : ManagedResource
{
    [RefersTo(typeof(LbMonitor))]
    public IReadOnlyList<string>? ActiveMonitorIds { get; init; }

    [OneOf("ROUND_ROBIN", "WEIGHTED_ROUND_ROBIN", "LEAST_CONNECTION", "WEIGHTED_LEAST_CONNECTION", "IP_HASH")]
    public string Algorithm { get; init; } = "ROUND_ROBIN";

    public PoolMemberGroup? MemberGroup { get; init; }

    public IReadOnlyList<PoolMember>? Members { get; init; }

    [Within(1, int.MaxValue)]
    public long MinActiveMembers { get; init; } = 1;

    [RefersTo(typeof(LbMonitor))]
    public string? PassiveMonitorId { get; init; }

    public LbSnatTranslation? SnatTranslation { get; init; }

    public bool TcpMultiplexingEnabled { get; init; }

    [Within(0, int.MaxValue)]
    public long TcpMultiplexingNumber { get; init; } = 6;
}

/// <summary>A server of a pool.</summary>
internal sealed record PoolMember
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [OneOf("ENABLED", "DISABLED", "GRACEFUL_DISABLED")]
    public string AdminState { get; init; } = "ENABLED";

    public bool BackupMember { get; init; }

    public string? DisplayName { get; init; }

    [Within(1, int.MaxValue)]
    public long? MaxConcurrentConnections { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [Within(1, 256)]
    public long Weight { get; init; } = 1;
}

/// <summary>Servers of a pool as a group of the fabric has them.</summary>
internal sealed record PoolMemberGroup
{
    [Mandatory]
    public ResourceReference? GroupingObject { get; init; }

    public IReadOnlyList<PoolMemberSetting>? CustomizedMembers { get; init; }

    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string IpRevisionFilter { get; init; } = "IPV4";

    [Within(0, int.MaxValue)]
    public long? MaxIpListSize { get; init; }

    [Within(1, 65_535)]
    public int? Port { get; init; }
}

/// <summary>What holds for one server of a group.</summary>
internal sealed record PoolMemberSetting
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [OneOf("ENABLED", "DISABLED", "GRACEFUL_DISABLED")]
    public string AdminState { get; init; } = "ENABLED";

    public string? DisplayName { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [Within(1, 255)]
    public long? Weight { get; init; }
}

/// <summary>Which source address the members see.</summary>
[Family(typeof(LbSnatAutoMap), typeof(LbSnatIpPool), By = "type")]
internal abstract record LbSnatTranslation : KindedPart
{
    [Within(1, 32)]
    public long PortOverload { get; init; } = 32;
}

/// <summary>The address of the interface towards the members.</summary>
internal sealed record LbSnatAutoMap : LbSnatTranslation;

/// <summary>Addresses of a list.</summary>
internal sealed record LbSnatIpPool : LbSnatTranslation
{
    [Mandatory, AtMost(64)]
    public IReadOnlyList<LbSnatIpElement> IpAddresses { get; init; } = [];
}

/// <summary>An address or range of such a list.</summary>
internal sealed record LbSnatIpElement
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string IpAddress { get; init; } = "";

    public long? PrefixLength { get; init; }
}
