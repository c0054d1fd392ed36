namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Rules that say where the distributed firewall looks for intrusions.</summary>
[StorageOnly]
internal sealed record IdsSecurityPolicy : PolicyResource
{
    public string? Category { get; init; }

    public string? Comments { get; init; }

    [ServerSet]
    public int? InternalSequenceNumber { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    [ServerSet]
    public string? LockModifiedBy { get; init; }

    [ServerSet]
    public long? LockModifiedTime { get; init; }

    public bool Locked { get; init; }

    [ServerSet]
    public int? RuleCount { get; init; }

    [AtMost(1000)]
    public IReadOnlyList<IdsRule>? Rules { get; init; }

    public string? SchedulerPath { get; init; }

    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string>? Scope { get; init; }

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    public bool Stateful { get; init; } = true;

    public bool? TcpStrict { get; init; }
}

/// <summary>Rules that say where gateways look for intrusions.</summary>
[StorageOnly]
internal sealed record IdsGatewayPolicy : PolicyResource
{
    public string Category { get; init; } = "LocalGatewayRules";

    public string? Comments { get; init; }

    [ServerSet]
    public int? InternalSequenceNumber { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    [ServerSet]
    public string? LockModifiedBy { get; init; }

    [ServerSet]
    public long? LockModifiedTime { get; init; }

    public bool Locked { get; init; }

    [ServerSet]
    public int? RuleCount { get; init; }

    [AtMost(1000)]
    public IReadOnlyList<IdsRule>? Rules { get; init; }

    public string? SchedulerPath { get; init; }

    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string>? Scope { get; init; }

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    public bool Stateful { get; init; } = true;

    public bool? TcpStrict { get; init; }
}

/// <summary>Whose traffic is looked into, and by which profiles.</summary>
[StorageOnly]
internal sealed record IdsRule : PolicyResource
{
    [OneOf("DETECT", "DETECT_PREVENT", "EXEMPT")]
    public string Action { get; init; } = "DETECT";

    [AtMost(128), PathTo(typeof(Group), AlsoPlain = true)]
    public IReadOnlyList<string> DestinationGroups { get; init; } = ["ANY"];

    public bool DestinationsExcluded { get; init; }

    [OneOf("IN", "OUT", "IN_OUT")]
    public string Direction { get; init; } = "IN_OUT";

    public bool Disabled { get; init; }

    [PathTo(typeof(IdsProfile))]
    public IReadOnlyList<string>? IdsProfiles { get; init; }

    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string IpProtocol { get; init; } = "IPV4_IPV6";

    [ServerSet]
    public bool IsDefault { get; init; }

    public bool Logged { get; init; }

    [AtMost(2048)]
    public string? Notes { get; init; }

    [OneOf("BYPASSED", "DROPPED", "INHERIT_GLOBAL")]
    public string? Oversubscription { get; init; }

    [PathTo(AlsoPlain = true)]
    public IReadOnlyList<string>? Profiles { get; init; }

    [ServerSet]
    public long? RuleId { get; init; }

    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string> Scope { get; init; } = ["ANY"];

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    [AtMost(128)]
    public IReadOnlyList<ServiceEntry>? ServiceEntries { get; init; }

    [AtMost(128), PathTo(typeof(Service), AlsoPlain = true)]
    public IReadOnlyList<string> Services { get; init; } = ["ANY"];

    [AtMost(128), PathTo(typeof(Group), AlsoPlain = true)]
    public IReadOnlyList<string> SourceGroups { get; init; } = ["ANY"];

    public bool SourcesExcluded { get; init; }

    [AtMost(32)]
    public string? Tag { get; init; }
}
