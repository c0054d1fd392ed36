namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>What to do with requests that meet conditions.</summary>
internal sealed record LbRule : ManagedResource
{
    [Mandatory, AtMost(60)]
    public IReadOnlyList<LbRuleAction> Actions { get; init; } = [];

    [Mandatory, OneOf("ALL", "ANY")]
    public string MatchStrategy { get; init; } = "";

    [Mandatory, OneOf("HTTP_REQUEST_REWRITE", "HTTP_FORWARDING", "HTTP_RESPONSE_REWRITE", "HTTP_ACCESS", "TRANSPORT")]
    public string Phase { get; init; } = "";

    [AtMost(60)]
    public IReadOnlyList<LbRuleCondition>? MatchConditions { get; init; }
}
