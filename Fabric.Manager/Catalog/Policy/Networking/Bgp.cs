namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>BGP on a tier-0 at one locale.</summary>
internal sealed record BgpRoutingConfig : PolicyResource
{
    public bool Enabled { get; init; } = true;

    public string? LocalAsNum { get; init; }

    public bool Ecmp { get; init; } = true;

    public bool MultipathRelax { get; init; } = true;

    public bool? InterSrIbgp { get; init; }

    /// <summary>Older than graceful_restart_config, and ignored beside it.</summary>
    public bool? GracefulRestart { get; init; }

    public BgpGracefulRestartConfig GracefulRestartConfig { get; init; } = new();

    [AtMost(1000)]
    public IReadOnlyList<RouteAggregationEntry>? RouteAggregations { get; init; }

    [Within(1, 254)]
    public int? EbgpAdminDistance { get; init; }

    [Within(1, 254)]
    public int? IbgpAdminDistance { get; init; }
}

/// <summary>Whether a speaker that restarts keeps its routes, and those of its neighbors.</summary>
internal sealed record BgpGracefulRestartConfig
{
    [OneOf("DISABLE", "GR_AND_HELPER", "HELPER_ONLY")]
    public string Mode { get; init; } = "HELPER_ONLY";

    public BgpGracefulRestartTimer Timer { get; init; } = new();
}

/// <summary>How long the routes of a restarting speaker are kept.</summary>
internal sealed record BgpGracefulRestartTimer
{
    /// <summary>Seconds.</summary>
    [Within(1, 3600)]
    public long RestartTimer { get; init; } = 180;

    /// <summary>Seconds.</summary>
    [Within(1, 3600)]
    public long StaleRouteTimer { get; init; } = 600;
}

/// <summary>A prefix announced in place of its parts.</summary>
internal sealed record RouteAggregationEntry
{
    public bool SummaryOnly { get; init; } = true;

    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Prefix { get; init; } = "";
}
