namespace Fabric.Manager.Catalog;

/// <summary>Rules of the distributed firewall in order, with what they have in common.</summary>
internal sealed record FirewallSection : ManagedResource
{
    [Mandatory, Immutable, OneOf("LAYER2", "LAYER3", "L3REDIRECT", "IDS")]
    public string SectionType { get; init; } = "LAYER3";

    [Mandatory, Immutable]
    public bool Stateful { get; init; }

    /// <summary>Not empty: instead of the rules' own.</summary>
    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? AppliedTos { get; init; }

    /// <summary>A connection begins with a handshake or not at all.</summary>
    public bool TcpStrict { get; init; }

    public ResourceReference? FirewallSchedule { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    [ServerSet]
    public long RuleCount { get; init; }

    [ServerSet]
    public string? EnforcedOn { get; init; } = "VIF";

    [ServerSet]
    public bool Autoplumbed { get; init; }

    [ServerSet]
    public string? Category { get; init; }

    [ServerSet]
    public string? Comments { get; init; }

    [ServerSet]
    public bool Locked { get; init; }

    [ServerSet]
    public string? LockModifiedBy { get; init; }

    [ServerSet]
    public long? LockModifiedTime { get; init; }

    /// <summary>Sections are evaluated by rising priority.</summary>
    [ServerSet]
    public long Priority { get; init; }

    /// <summary>In order. On the wire only under .../rules and in the answers of the ..._with_rules actions.</summary>
    [Hidden]
    public IReadOnlyList<FirewallRule> Rules { get; init; } = [];
}

/// <summary>One rule: who may speak to whom, and how.</summary>
internal sealed record FirewallRule
{
    public string? Id { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [AtMost(1024)]
    public string? Description { get; init; }

    public string? ResourceType { get; init; }

    [ServerSet]
    public string? SectionId { get; init; }

    [Mandatory, OneOf("ALLOW", "DROP", "REJECT", "REDIRECT", "DO_NOT_REDIRECT", "DETECT", "ALLOW_CONTINUE", "DETECT_PREVENT")]
    public string Action { get; init; } = "ALLOW";

    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? AppliedTos { get; init; }

    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? Sources { get; init; }

    public bool SourcesExcluded { get; init; }

    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? Destinations { get; init; }

    public bool DestinationsExcluded { get; init; }

    [AtMost(128)]
    public IReadOnlyList<FirewallService>? Services { get; init; }

    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? ContextProfiles { get; init; }

    [AtMost(128)]
    public IReadOnlyList<ResourceReference>? ExtendedSources { get; init; }

    [OneOf("IN", "OUT", "IN_OUT")]
    public string Direction { get; init; } = "IN_OUT";

    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string? IpProtocol { get; init; }

    public bool Disabled { get; init; }

    public bool Logged { get; init; }

    [AtMost(2048)]
    public string? Notes { get; init; }

    [AtMost(32)]
    public string? RuleTag { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    /// <summary>Place within the section, from 1.</summary>
    [ServerSet]
    public long? Priority { get; init; }

    /// <summary>The section's: a rule that is written must carry the one its section had when it was read.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("_revision")]
    public long? Revision { get; init; }
}

/// <summary>A service by reference, or stated in the rule itself.</summary>
internal sealed record FirewallService : ResourceReference
{
    public NSServiceElement? Service { get; init; }
}

/// <summary>Several rules, as some actions take and answer them.</summary>
internal sealed record FirewallRuleList
{
    [Mandatory, AtMost(1000)]
    public IReadOnlyList<FirewallRule> Rules { get; init; } = [];
}

/// <summary>Groups, switches and ports that the distributed firewall leaves alone.</summary>
internal sealed record ExcludeList : ManagedResource
{
    [ServerSet]
    public long MemberCount { get; init; }

    [Mandatory, AtMost(1000)]
    public IReadOnlyList<ResourceReference> Members { get; init; } = [];
}

/// <summary>A section with its rules, as the ..._with_rules actions take and answer it.</summary>
internal sealed record FirewallSectionRuleList
{
    [Mandatory, AtMost(1000)]
    public IReadOnlyList<FirewallRule> Rules { get; init; } = [];
}
