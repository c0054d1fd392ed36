namespace Fabric.Manager.Catalog.Routing;

/// <summary>A translation of addresses on a router.</summary>
internal sealed record NatRule : ManagedResource
{
    [Mandatory, OneOf("SNAT", "DNAT", "REFLEXIVE", "NO_NAT", "NO_SNAT", "NO_DNAT", "NAT64")]
    public string Action { get; init; } = "";

    [AtMost(1)]
    public IReadOnlyList<ResourceReference>? AppliedTos { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("MATCH_EXTERNAL_ADDRESS", "MATCH_INTERNAL_ADDRESS", "BYPASS")]
    public string? FirewallMatch { get; init; }

    /// <summary>The old form of firewall_match: true lets translated packets past the firewall.</summary>
    public bool? NatPass { get; init; }

    [ServerSet]
    public string? InternalRuleId { get; init; }

    public bool Logging { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    public string? MatchDestinationNetwork { get; init; }

    /// <summary>Which protocol and ports; unset: any.</summary>
    public NSServiceElement? MatchService { get; init; }

    public string? MatchSourceNetwork { get; init; }

    [OneOf("BYPASS", "EXCLUSIVE")]
    public string? PbVpnMode { get; init; }

    public long RulePriority { get; init; } = 1024;

    public string? TranslatedNetwork { get; init; }

    public string? TranslatedPorts { get; init; }
}
