namespace Fabric.Manager.Catalog.Routing;

/// <summary>A router that a tier-0 speaks BGP with.</summary>
internal sealed record BgpNeighbor : ManagedResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string NeighborAddress { get; init; } = "";

    public IReadOnlyList<BgpNeighborAddressFamily>? AddressFamilies { get; init; }

    public bool AllowAsIn { get; init; }

    public BfdConfigParameters? BfdConfig { get; init; }

    public bool EnableBfd { get; init; }

    public bool Enabled { get; init; } = true;

    [RefersTo(typeof(IPPrefixList))]
    public string? FilterInIpprefixlistId { get; init; }

    [RefersTo(typeof(RouteMap))]
    public string? FilterInRoutemapId { get; init; }

    [RefersTo(typeof(IPPrefixList))]
    public string? FilterOutIpprefixlistId { get; init; }

    [RefersTo(typeof(RouteMap))]
    public string? FilterOutRoutemapId { get; init; }

    [OneOf("DISABLE", "HELPER_ONLY", "GR_AND_HELPER")]
    public string? GracefulRestartMode { get; init; }

    [Within(1, 65_535)]
    public long HoldDownTimer { get; init; } = 180;

    [Within(1, 65_535)]
    public long KeepAliveTimer { get; init; } = 60;

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    [Within(1, 255)]
    public int MaximumHopLimit { get; init; } = 1;

    [Secret]
    public string? Password { get; init; }

    [Within(1, 4_294_967_296)]
    public long? RemoteAs { get; init; }

    public string? RemoteAsNum { get; init; }

    [WrittenAs(TextForm.Ip)]
    public string? SourceAddress { get; init; }

    [AtMost(8), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SourceAddresses { get; init; }
}

/// <summary>What is exchanged with a neighbor, and what is filtered.</summary>
internal sealed record BgpNeighborAddressFamily
{
    [Mandatory, OneOf("IPV4_UNICAST", "VPNV4_UNICAST", "IPV6_UNICAST", "L2VPN_EVPN")]
    public string Type { get; init; } = "";

    public bool Enabled { get; init; } = true;

    [RefersTo(typeof(IPPrefixList))]
    public string? InFilterIpprefixlistId { get; init; }

    [RefersTo(typeof(RouteMap))]
    public string? InFilterRoutemapId { get; init; }

    public long? MaximumRoutes { get; init; }

    [RefersTo(typeof(IPPrefixList))]
    public string? OutFilterIpprefixlistId { get; init; }

    [RefersTo(typeof(RouteMap))]
    public string? OutFilterRoutemapId { get; init; }
}

/// <summary>How fast a dead peer is noticed.</summary>
internal sealed record BfdConfigParameters
{
    [Within(2, 16)]
    public long DeclareDeadMultiple { get; init; } = 3;

    [Within(300, 60_000)]
    public long ReceiveInterval { get; init; } = 1000;

    [Within(300, 60_000)]
    public long TransmitInterval { get; init; } = 1000;
}
