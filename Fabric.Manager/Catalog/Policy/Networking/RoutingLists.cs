namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Networks in order, each permitted or denied.</summary>
internal sealed record PrefixList : PolicyResource
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<PrefixEntry> Prefixes { get; init; } = [];
}

/// <summary>A network, and how much longer a prefix in it may be.</summary>
internal sealed record PrefixEntry
{
    /// <summary>A CIDR block, or ANY.</summary>
    public string? Network { get; init; }

    [OneOf("PERMIT", "DENY")]
    public string Action { get; init; } = "PERMIT";

    [Within(1, 128)]
    public int? Ge { get; init; }

    [Within(1, 128)]
    public int? Le { get; init; }
}

/// <summary>BGP communities by one name.</summary>
internal sealed record CommunityList : PolicyResource
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> Communities { get; init; } = [];
}

/// <summary>What routes are let through, and how they are changed on the way.</summary>
internal sealed record Tier0RouteMap : PolicyResource
{
    [Mandatory, AtLeast(1), AtMost(1000)]
    public IReadOnlyList<RouteMapEntry> Entries { get; init; } = [];
}

/// <summary>One step of a route map.</summary>
internal sealed record RouteMapEntry
{
    [Mandatory, OneOf("PERMIT", "DENY")]
    public string Action { get; init; } = "";

    [AtMost(500), PathTo(typeof(PrefixList))]
    public IReadOnlyList<string>? PrefixListMatches { get; init; }

    public IReadOnlyList<CommunityMatchCriteria>? CommunityListMatches { get; init; }

    public RouteMapEntrySet? Set { get; init; }
}

/// <summary>A community list, or a regular expression over communities.</summary>
internal sealed record CommunityMatchCriteria
{
    [Mandatory, PathTo(typeof(CommunityList), AlsoPlain = true)]
    public string Criteria { get; init; } = "";

    [OneOf("MATCH_ANY", "MATCH_ALL", "MATCH_EXACT", "MATCH_COMMUNITY_REGEX", "MATCH_LARGE_COMMUNITY_REGEX")]
    public string? MatchOperator { get; init; }
}

/// <summary>What a step sets on the routes that it permits.</summary>
internal sealed record RouteMapEntrySet
{
    public string? AsPathPrepend { get; init; }

    public string? Community { get; init; }

    [Within(0, 4_294_967_295)]
    public long LocalPreference { get; init; } = 100;

    [Within(0, 4_294_967_295)]
    public long? Med { get; init; }

    [Within(0, 65_535)]
    public int? Weight { get; init; }

    public bool? PreferGlobalV6NextHop { get; init; }
}
