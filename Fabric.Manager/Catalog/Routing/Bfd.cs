namespace Fabric.Manager.Catalog.Routing;

/// <summary>BFD of a router as a whole; born with it.</summary>
internal sealed record BfdConfig : ManagedResource
{
    [Within(2, 16)]
    public long DeclareDeadMultiple { get; init; } = 3;

    public bool Enabled { get; init; }

    [ServerSet, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    [Within(100, 60_000)]
    public long ReceiveInterval { get; init; } = 1000;

    [Within(100, 60_000)]
    public long TransmitInterval { get; init; } = 1000;
}

/// <summary>A next hop of static routes that is watched by BFD.</summary>
internal sealed record StaticHopBfdPeer : ManagedResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string PeerIpAddress { get; init; } = "";

    public BfdConfigParameters? BfdConfig { get; init; }

    public bool Enabled { get; init; } = true;

    [AtMost(1), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? SourceAddresses { get; init; }

    [Hidden, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";
}
