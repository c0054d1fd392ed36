namespace Fabric.Manager.Catalog.Routing;

/// <summary>Routes let through, changed or kept, in order.</summary>
internal sealed record RouteMap : ManagedResource
{
    [Mandatory, AtMost(1000), AtLeast(1)]
    public IReadOnlyList<RouteMapSequence> Sequences { get; init; } = [];

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}

/// <summary>One step of a route map.</summary>
internal sealed record RouteMapSequence
{
    [Mandatory, OneOf("PERMIT", "DENY")]
    public string Action { get; init; } = "";

    [Mandatory]
    public RouteMapSequenceMatch? MatchCriteria { get; init; }

    public RouteMapSequenceSet? SetCriteria { get; init; }
}

/// <summary>Which routes a step is about.</summary>
internal sealed record RouteMapSequenceMatch
{
    [AtMost(500), AtLeast(1), RefersTo(typeof(IPPrefixList))]
    public IReadOnlyList<string>? IpPrefixLists { get; init; }

    public CommunityMatchExpression? MatchCommunityExpression { get; init; }
}

/// <summary>What a step changes.</summary>
internal sealed record RouteMapSequenceSet
{
    public string? AsPathPrepend { get; init; }

    public string? Community { get; init; }

    public string? LargeCommunity { get; init; }

    [Within(0, 4_294_967_295)]
    public long? LocalPreference { get; init; }

    [Within(0, 4_294_967_295)]
    public long? MultiExitDiscriminator { get; init; }

    public bool? PreferGlobalV6NextHop { get; init; }

    [Within(0, 65_535)]
    public int? Weight { get; init; }
}

/// <summary>Which communities a route has.</summary>
internal sealed record CommunityMatchExpression
{
    [Mandatory]
    public IReadOnlyList<CommunityMatchOperation> Expression { get; init; } = [];

    [OneOf("AND"), ServerSet]
    public string? Operator { get; init; }
}

/// <summary>One condition on communities.</summary>
internal sealed record CommunityMatchOperation
{
    public string? CommunityListId { get; init; }

    [OneOf("MATCH_ANY", "MATCH_ALL", "MATCH_EXACT", "MATCH_NONE", "MATCH_REGEX", "MATCH_LARGE_COMMUNITY_REGEX")]
    public string MatchOperator { get; init; } = "MATCH_ANY";

    public string? RegularExpression { get; init; }
}
