using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>What the policies of the distributed firewall and of gateways have in common.</summary>
internal interface IRulePolicy
{
    string? Category { get; }

    IReadOnlyList<Rule>? Rules { get; }

    int SequenceNumber { get; }

    bool IsDefault { get; }

    bool Locked { get; }

    string? LockModifiedBy { get; }
}

/// <summary>Rules of the distributed firewall, in order, with what they have in common.</summary>
internal sealed record SecurityPolicy : PolicyResource, IRulePolicy
{
    [AtMost(3)]
    public IReadOnlyList<ApplicationConnectivityStrategy>? ApplicationConnectivityStrategy { get; init; }

    /// <summary>Which policies go first; none: after those of all categories.</summary>
    [OneOf("Ethernet", "Emergency", "Infrastructure", "Environment", "Application")]
    public string? Category { get; init; }

    public string? Comments { get; init; }

    [OneOf("ALLOWLIST", "DENYLIST", "ALLOWLIST_ENABLE_LOGGING", "DENYLIST_ENABLE_LOGGING", "NONE")]
    public string? ConnectivityPreference { get; init; }

    [OneOf("WHITELIST", "BLACKLIST", "WHITELIST_ENABLE_LOGGING", "BLACKLIST_ENABLE_LOGGING", "NONE")]
    public string? ConnectivityStrategy { get; init; }

    [ServerSet]
    public long? DefaultRuleId { get; init; }

    [ServerSet]
    public int? InternalSequenceNumber { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    [ServerSet]
    public string? LockModifiedBy { get; init; }

    [ServerSet]
    public long? LockModifiedTime { get; init; }

    public bool Locked { get; init; }

    public bool? LoggingEnabled { get; init; }

    [ServerSet]
    public int? RuleCount { get; init; }

    [AtMost(1000)]
    public IReadOnlyList<Rule>? Rules { get; init; }

    public string? SchedulerPath { get; init; }

    /// <summary>Not empty: where the rules are enforced, instead of their own scopes.</summary>
    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string>? Scope { get; init; }

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    public bool? Stateful { get; init; }

    public bool? TcpStrict { get; init; }
}

/// <summary>Rules of gateways, in order, with what they have in common.</summary>
[StorageOnly]
internal sealed record GatewayPolicy : PolicyResource, IRulePolicy
{
    [OneOf("Emergency", "SystemRules", "SharedPreRules", "LocalGatewayRules", "AutoServiceRules", "Default")]
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
    public IReadOnlyList<Rule>? Rules { get; init; }

    public string? SchedulerPath { get; init; }

    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string>? Scope { get; init; }

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    public bool? Stateful { get; init; }

    public bool? TcpStrict { get; init; }
}

/// <summary>What an application category's policy does with what no rule of it matches.</summary>
internal sealed record ApplicationConnectivityStrategy
{
    [JsonPropertyName("application_connectivity_strategy"), Mandatory, OneOf("ALLOW_INTRA", "ALLOW_EGRESS", "ALLOW_INGRESS", "DROP_INGRESS", "DROP_EGRESS")]
    public string Word { get; init; } = "";

    [ServerSet]
    public long? DefaultApplicationRuleId { get; init; }

    public bool LoggingEnabled { get; init; }
}

/// <summary>Who may speak to whom, and how.</summary>
internal sealed record Rule : PolicyResource
{
    [OneOf("ALLOW", "DROP", "REJECT", "JUMP_TO_APPLICATION")]
    public string Action { get; init; } = "ALLOW";

    /// <summary>Groups, addresses, or ANY alone.</summary>
    [AtMost(128), PathTo(typeof(Group), AlsoPlain = true)]
    public IReadOnlyList<string> DestinationGroups { get; init; } = ["ANY"];

    public bool DestinationsExcluded { get; init; }

    [OneOf("IN", "OUT", "IN_OUT")]
    public string Direction { get; init; } = "IN_OUT";

    public bool Disabled { get; init; }

    /// <summary>None in policies of category Ethernet.</summary>
    [OneOf("IPV4", "IPV6", "IPV4_IPV6")]
    public string? IpProtocol { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }

    public bool Logged { get; init; }

    [AtMost(2048)]
    public string? Notes { get; init; }

    /// <summary>Contexts, such as applications above TCP.</summary>
    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string> Profiles { get; init; } = ["ANY"];

    /// <summary>What hosts and logs call the rule; the manager gives it out.</summary>
    [ServerSet]
    public long? RuleId { get; init; }

    [AtMost(128), PathTo(AlsoPlain = true)]
    public IReadOnlyList<string> Scope { get; init; } = ["ANY"];

    /// <summary>The lower goes first; of the same, the older.</summary>
    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    /// <summary>Matches stated in the rule itself.</summary>
    [AtMost(128)]
    public IReadOnlyList<ServiceEntry>? ServiceEntries { get; init; }

    [AtMost(128), PathTo(typeof(Service), AlsoPlain = true)]
    public IReadOnlyList<string> Services { get; init; } = ["ANY"];

    [AtMost(128), PathTo(typeof(Group), AlsoPlain = true)]
    public IReadOnlyList<string> SourceGroups { get; init; } = ["ANY"];

    public bool SourcesExcluded { get; init; }

    /// <summary>A word that log lines of the rule carry.</summary>
    [AtMost(32)]
    public string? Tag { get; init; }
}
