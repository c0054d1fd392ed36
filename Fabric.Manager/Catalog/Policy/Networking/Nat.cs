namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>One of the NAT sections that every gateway has.</summary>
internal sealed record PolicyNat : PolicyResource
{
    [OneOf("INTERNAL", "USER", "DEFAULT", "NAT64"), ServerSet]
    public string? NatType { get; init; }
}

/// <summary>How addresses of some traffic are translated.</summary>
internal sealed record PolicyNatRule : PolicyResource
{
    [Mandatory, OneOf("SNAT", "DNAT", "REFLEXIVE", "NO_SNAT", "NO_DNAT", "NAT64")]
    public string Action { get; init; } = "";

    [Within(0, int.MaxValue)]
    public int SequenceNumber { get; init; }

    public bool Enabled { get; init; } = true;

    public bool Logging { get; init; }

    [OneOf("MATCH_EXTERNAL_ADDRESS", "MATCH_INTERNAL_ADDRESS", "BYPASS")]
    public string FirewallMatch { get; init; } = "MATCH_INTERNAL_ADDRESS";

    public string? SourceNetwork { get; init; }

    public string? DestinationNetwork { get; init; }

    public string? TranslatedNetwork { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? TranslatedPorts { get; init; }

    public string? Service { get; init; }

    /// <summary>Interfaces, segments or labels where the rule applies; none: all uplinks.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    [OneOf("BYPASS", "MATCH")]
    public string? PolicyBasedVpnMode { get; init; }
}
