namespace Fabric.Manager.Catalog.Routing;

/// <summary>BGP of a tier-0 as a whole; born with the router.</summary>
internal sealed record BgpConfig : ManagedResource
{
    /// <summary>The number as text, for numbers in dotted form.</summary>
    public string? AsNum { get; init; }

    [Within(1, 4_294_967_296)]
    public long? AsNumber { get; init; }

    public bool Ecmp { get; init; } = true;

    public bool Enabled { get; init; }

    public bool? GracefulRestart { get; init; }

    public GracefulRestartConfig? GracefulRestartConfig { get; init; }

    public InterSRRoutingConfig? InterSrIbgp { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    public bool MultipathRelax { get; init; } = true;

    [AtMost(1000)]
    public IReadOnlyList<BgpRouteAggregation>? RouteAggregation { get; init; }
}

/// <summary>Whether routes outlive a restart.</summary>
internal sealed record GracefulRestartConfig
{
    [OneOf("DISABLE", "HELPER_ONLY", "GR_AND_HELPER")]
    public string GracefulRestartMode { get; init; } = "HELPER_ONLY";

    public GracefulRestartTimer? GracefulRestartTimer { get; init; }
}

/// <summary>How long they do.</summary>
internal sealed record GracefulRestartTimer
{
    [Within(1, 3600)]
    public long RestartTimer { get; init; } = 180;

    [Within(1, 3600)]
    public long StaleTimer { get; init; } = 600;
}

/// <summary>BGP between the service routers of one tier-0.</summary>
internal sealed record InterSRRoutingConfig
{
    public bool Enabled { get; init; } = true;
}

/// <summary>A prefix that is told in place of those within it.</summary>
internal sealed record BgpRouteAggregation
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Prefix { get; init; } = "";

    public bool SummaryOnly { get; init; } = true;
}

/// <summary>Communities by name.</summary>
internal sealed record BGPCommunityList : ManagedResource
{
    [Mandatory]
    public IReadOnlyList<string> Communities { get; init; } = [];

    [OneOf("NormalBGPCommunity", "LargeBGPCommunity")]
    public string CommunityType { get; init; } = "NormalBGPCommunity";

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}
