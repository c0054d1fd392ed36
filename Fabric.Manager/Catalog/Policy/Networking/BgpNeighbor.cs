namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A BGP speaker that a tier-0 talks to.</summary>
internal sealed record BgpNeighborConfig : PolicyResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string NeighborAddress { get; init; } = "";

    [Mandatory]
    public string RemoteAsNum { get; init; } = "";

    [WrittenAs(TextForm.Ip), AtMost(8)]
    public IReadOnlyList<string>? SourceAddresses { get; init; }

    public bool Enabled { get; init; } = true;

    public bool AllowAsIn { get; init; }

    [Within(1, 255)]
    public int MaximumHopLimit { get; init; } = 1;

    /// <summary>Seconds.</summary>
    [Within(1, 65_535)]
    public int HoldDownTime { get; init; } = 180;

    /// <summary>Seconds.</summary>
    [Within(1, 65_535)]
    public int KeepAliveTime { get; init; } = 60;

    [OneOf("DISABLE", "GR_AND_HELPER", "HELPER_ONLY")]
    public string? GracefulRestartMode { get; init; }

    public BgpBfdConfig? Bfd { get; init; }

    [Secret, AtMost(32)]
    public string? Password { get; init; }

    [AtMost(2)]
    public IReadOnlyList<BgpRouteFiltering>? RouteFiltering { get; init; }

    [AtMost(1), PathTo(typeof(PrefixList), typeof(Tier0RouteMap))]
    public IReadOnlyList<string>? InRouteFilters { get; init; }

    [AtMost(1), PathTo(typeof(PrefixList), typeof(Tier0RouteMap))]
    public IReadOnlyList<string>? OutRouteFilters { get; init; }

    public BgpNeighborLocalAsConfig? NeighborLocalAsConfig { get; init; }
}

/// <summary>BFD with a neighbor.</summary>
internal sealed record BgpBfdConfig
{
    public bool Enabled { get; init; }

    /// <summary>Milliseconds.</summary>
    [Within(50, 60_000)]
    public int Interval { get; init; } = 500;

    [Within(2, 16)]
    public int Multiple { get; init; } = 3;
}

/// <summary>Another AS number that is shown to one neighbor.</summary>
internal sealed record BgpNeighborLocalAsConfig
{
    [Mandatory]
    public string LocalAsNum { get; init; } = "";

    [OneOf("NO_PREPEND", "NO_PREPEND_REPLACE_AS")]
    public string? AsPathModifierType { get; init; }
}

/// <summary>What is learned from and told to a neighbor, per address family.</summary>
internal sealed record BgpRouteFiltering
{
    [Mandatory, OneOf("IPV4", "IPV6", "L2VPN_EVPN")]
    public string AddressFamily { get; init; } = "";

    public bool Enabled { get; init; } = true;

    [AtMost(1), PathTo(typeof(PrefixList), typeof(Tier0RouteMap))]
    public IReadOnlyList<string>? InRouteFilters { get; init; }

    [AtMost(1), PathTo(typeof(PrefixList), typeof(Tier0RouteMap))]
    public IReadOnlyList<string>? OutRouteFilters { get; init; }

    [Within(1, 1_000_000)]
    public int? MaximumRoutes { get; init; }
}
