namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>How addresses of a VPC's traffic are translated.</summary>
internal sealed record PolicyVpcNatRule : PolicyResource
{
    [Mandatory, OneOf("SNAT", "DNAT", "REFLEXIVE")]
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
}
