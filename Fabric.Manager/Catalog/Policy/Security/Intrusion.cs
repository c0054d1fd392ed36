namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Intrusion detection as a whole; nothing here looks into packets.</summary>
[StorageOnly]
internal sealed record IdsSettings : PolicyResource
{
    public bool AutoUpdate { get; init; }

    public bool IdsEventsToSyslog { get; init; }

    [ServerSet]
    public bool IdsEverEnabled { get; init; }

    [OneOf("BYPASSED", "DROPPED", "INHERIT_GLOBAL")]
    public string Oversubscription { get; init; } = "BYPASSED";
}

/// <summary>Whether a cluster of hosts detects intrusions.</summary>
[StorageOnly]
internal sealed record IdsClusterConfig : PolicyResource
{
    [Mandatory]
    public PolicyResourceReference? Cluster { get; init; }

    [Mandatory]
    public bool IdsEnabled { get; init; }

    [ServerSet]
    public bool? IsStale { get; init; }
}

/// <summary>Another object, named by path or by type and id.</summary>
internal sealed record PolicyResourceReference
{
    [ServerSet]
    public bool? IsValid { get; init; }

    [ServerSet]
    public string? OwnerId { get; init; }

    public string? Path { get; init; }

    [ServerSet]
    public IReadOnlyList<string>? ProjectScope { get; init; }

    [ServerSet]
    public string? TargetDisplayName { get; init; }

    public string? TargetId { get; init; }

    public string? TargetType { get; init; }
}

/// <summary>Which signatures count, and what they do.</summary>
[StorageOnly]
internal sealed record IdsProfile : PolicyResource
{
    public IReadOnlyList<IdsProfileCriteria>? Criteria { get; init; }

    public IReadOnlyList<IdsProfileLocalSignature>? OverriddenSignatures { get; init; }

    public IdsPcapConfig? PcapConfig { get; init; }

    [OneOf("CRITICAL", "HIGH", "MEDIUM", "LOW", "SUSPICIOUS")]
    public IReadOnlyList<string>? ProfileSeverity { get; init; }

    public IReadOnlyList<IdsProfileSeverity>? Severities { get; init; }
}

/// <summary>What signatures of a profile are like.</summary>
[Family(typeof(IdsProfileConjunctionOperator), typeof(IdsProfileFilterCriteria))]
internal abstract record IdsProfileCriteria : TypedPart;

/// <summary>What joins two criteria.</summary>
internal sealed record IdsProfileConjunctionOperator : IdsProfileCriteria
{
    [Mandatory, OneOf("AND")]
    public string Operator { get; init; } = "AND";
}

/// <summary>A property of signatures and its values.</summary>
internal sealed record IdsProfileFilterCriteria : IdsProfileCriteria
{
    [Mandatory, OneOf("CVSS", "ATTACK_TARGET", "ATTACK_TYPE", "PRODUCT_AFFECTED")]
    public string FilterName { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> FilterValue { get; init; } = [];
}

/// <summary>A signature that a profile treats in its own way.</summary>
internal sealed record IdsProfileLocalSignature
{
    [OneOf("ALERT", "DROP", "REJECT")]
    public string? Action { get; init; }

    public bool? Enable { get; init; }

    [Mandatory]
    public string SignatureId { get; init; } = "";
}

/// <summary>How much of a suspicious conversation is recorded.</summary>
internal sealed record IdsPcapConfig
{
    [Within(0, int.MaxValue)]
    public int? PcapByteCount { get; init; }

    public bool PcapEnabled { get; init; }

    [Within(0, int.MaxValue)]
    public int? PcapPacketCount { get; init; }
}

/// <summary>Signatures of one severity, but for some.</summary>
internal sealed record IdsProfileSeverity
{
    public string? Id { get; init; }

    public IReadOnlyList<string>? IgnoreSignatures { get; init; }

    [Mandatory, OneOf("CRITICAL", "HIGH", "MEDIUM", "LOW", "SUSPICIOUS")]
    public string Severity { get; init; } = "";
}

/// <summary>A set of signatures as it was brought to the manager.</summary>
[StorageOnly]
internal sealed record IdsSignatureVersion : PolicyResource
{
    [ServerSet]
    public string? ChangeLog { get; init; }

    public IReadOnlyList<string>? Sites { get; init; }

    [OneOf("ACTIVE", "NOTACTIVE"), ServerSet]
    public string State { get; init; } = "NOTACTIVE";

    [OneOf("OUTDATED", "LATEST"), ServerSet]
    public string Status { get; init; } = "LATEST";

    [ServerSet]
    public long? UpdateTime { get; init; }

    [ServerSet]
    public bool UserUploaded { get; init; }

    [ServerSet]
    public string? VersionId { get; init; }
}

/// <summary>What one attack looks like.</summary>
[StorageOnly]
internal sealed record IdsSignature : PolicyResource
{
    public string? Action { get; init; }

    public string? AttackTarget { get; init; }

    [OneOf("APPLICATION", "MALWARE", "VULNERABILITY")]
    public IReadOnlyList<string>? Categories { get; init; }

    public string? ClassType { get; init; }

    [OneOf("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL")]
    public string? Cvss { get; init; }

    public string? CvssScore { get; init; }

    public bool Enable { get; init; } = true;

    public string? Name { get; init; }

    public string? ProductAffected { get; init; }

    public string? Protocol { get; init; }

    public string? Severity { get; init; }

    public string? SignatureId { get; init; }

    public string? SignatureRevision { get; init; }

    public string? SignatureSeverity { get; init; }
}
