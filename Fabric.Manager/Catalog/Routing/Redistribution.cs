namespace Fabric.Manager.Catalog.Routing;

/// <summary>Whether a tier-0 tells BGP other routes; born with the router.</summary>
internal sealed record RedistributionConfig : ManagedResource
{
    public bool BgpEnabled { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}

/// <summary>Which other routes a tier-0 tells BGP; born with the router.</summary>
internal sealed record RedistributionRuleList : ManagedResource
{
    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    [AtMost(5)]
    public IReadOnlyList<RedistributionRule> Rules { get; init; } = [];
}

/// <summary>Sources of routes to tell.</summary>
internal sealed record RedistributionRule
{
    [Mandatory, RouteSources]
    public string Destination { get; init; } = "";

    [Mandatory, RouteSources]
    public IReadOnlyList<string> Sources { get; init; } = [];

    [OneOf("IPV4", "IPV6", "IPV4_AND_IPV6"), ServerSet]
    public string AddressFamily { get; init; } = "IPV4_AND_IPV6";

    [AtMost(1024)]
    public string? Description { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [RefersTo(typeof(RouteMap))]
    public string? RouteMapId { get; init; }
}
