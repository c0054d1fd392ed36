using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>The servers among which a virtual server chooses.</summary>
internal sealed record LBPool : PolicyResource
{
    [PathTo(typeof(LBMonitorProfile))]
    public IReadOnlyList<string>? ActiveMonitorPaths { get; init; }

    [OneOf("ROUND_ROBIN", "WEIGHTED_ROUND_ROBIN", "LEAST_CONNECTION", "WEIGHTED_LEAST_CONNECTION", "IP_HASH")]
    public string Algorithm { get; init; } = "ROUND_ROBIN";

    public LBPoolMemberGroup? MemberGroup { get; init; }

    public IReadOnlyList<LBPoolMember>? Members { get; init; }

    [Within(1, int.MaxValue)]
    public long MinActiveMembers { get; init; } = 1;

    [PathTo(typeof(LBMonitorProfile))]
    public string? PassiveMonitorPath { get; init; }

    public LBSnatTranslation? SnatTranslation { get; init; }

    public bool TcpMultiplexingEnabled { get; init; }

    [Within(0, int.MaxValue)]
    public long TcpMultiplexingNumber { get; init; } = 6;
}

/// <summary>One server of a pool.</summary>
internal sealed record LBPoolMember
{
    [OneOf("ENABLED", "DISABLED", "GRACEFUL_DISABLED")]
    public string AdminState { get; init; } = "ENABLED";

    public bool BackupMember { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [Within(1, int.MaxValue)]
    public long? MaxConcurrentConnections { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [Within(1, 256)]
    public long Weight { get; init; } = 1;
}

/// <summary>A group whose addresses are the servers of a pool.</summary>
internal sealed record LBPoolMemberGroup
{
    public IReadOnlyList<PoolMemberSetting>? CustomizedMembers { get; init; }

    [Mandatory, PathTo(typeof(Group))]
    public string GroupPath { get; init; } = "";

    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string IpRevisionFilter { get; init; } = "IPV4";

    [Within(0, int.MaxValue)]
    public long? MaxIpListSize { get; init; }

    [Within(1, 65_535)]
    public int? Port { get; init; }
}

/// <summary>What one address of a pool's group has of its own.</summary>
internal sealed record PoolMemberSetting
{
    [OneOf("ENABLED", "DISABLED", "GRACEFUL_DISABLED")]
    public string AdminState { get; init; } = "ENABLED";

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [Within(1, 255)]
    public long? Weight { get; init; }
}

/// <summary>Whose address the servers of a pool see.</summary>
[Family(typeof(LBSnatAutoMap), typeof(LBSnatDisabled), typeof(LBSnatIpPool), By = "type")]
internal abstract record LBSnatTranslation : KindedPart;

/// <summary>The address of the interface towards the servers.</summary>
internal sealed record LBSnatAutoMap : LBSnatTranslation;

/// <summary>The client's own.</summary>
internal sealed record LBSnatDisabled : LBSnatTranslation;

/// <summary>One of these addresses.</summary>
internal sealed record LBSnatIpPool : LBSnatTranslation
{
    [Mandatory, AtLeast(1), AtMost(64)]
    public IReadOnlyList<LBSnatIpElement> IpAddresses { get; init; } = [];
}

/// <summary>An address or a range to translate to.</summary>
internal sealed record LBSnatIpElement
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string IpAddress { get; init; } = "";

    [Within(0, 128)]
    public long? PrefixLength { get; init; }
}
