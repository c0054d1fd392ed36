namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A network and the next hops by which a gateway reaches it.</summary>
internal sealed record StaticRoutes : PolicyResource
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string Network { get; init; } = "";

    [Mandatory, AtLeast(1), AtMost(30)]
    public IReadOnlyList<RouterNexthop> NextHops { get; init; } = [];

    public bool EnabledOnSecondary { get; init; }
}

/// <summary>A next hop; without an address the route discards.</summary>
internal sealed record RouterNexthop
{
    [WrittenAs(TextForm.Ip)]
    public string? IpAddress { get; init; }

    [Within(1, 255)]
    public int AdminDistance { get; init; } = 1;

    /// <summary>The interface, segment or tunnel through which it is reached.</summary>
    [AtMost(1)]
    public IReadOnlyList<string>? Scope { get; init; }
}

/// <summary>A next hop whose liveness BFD watches.</summary>
internal sealed record StaticRouteBfdPeer : PolicyResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string PeerAddress { get; init; } = "";

    public bool Enabled { get; init; } = true;

    [PathTo(typeof(BfdProfile))]
    public string? BfdProfilePath { get; init; }

    [AtMost(8), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SourceAddresses { get; init; }

    public IReadOnlyList<string>? Scope { get; init; }
}

/// <summary>Timers of BFD.</summary>
internal sealed record BfdProfile : PolicyResource
{
    /// <summary>Milliseconds.</summary>
    [Within(50, 60_000)]
    public int Interval { get; init; } = 500;

    [Within(2, 16)]
    public int Multiple { get; init; } = 3;
}
