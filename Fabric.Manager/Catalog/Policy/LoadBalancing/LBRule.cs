namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>What a virtual server does with requests or connections that match.</summary>
internal sealed record LBRule
{
    [Mandatory, AtLeast(1), AtMost(60)]
    public IReadOnlyList<LBRuleAction> Actions { get; init; } = [];

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [AtMost(60)]
    public IReadOnlyList<LBRuleCondition>? MatchConditions { get; init; }

    [OneOf("ALL", "ANY")]
    public string MatchStrategy { get; init; } = "ANY";

    [OneOf("HTTP_REQUEST_REWRITE", "HTTP_FORWARDING", "HTTP_RESPONSE_REWRITE", "HTTP_ACCESS", "TRANSPORT")]
    public string Phase { get; init; } = "HTTP_FORWARDING";
}
