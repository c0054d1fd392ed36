namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Stateless filters on what a port sends.</summary>
internal sealed record SegmentSecurityProfile : PolicyResource
{
    public bool BpduFilterEnable { get; init; } = true;

    [WrittenAs(TextForm.Mac), AtMost(32)]
    public IReadOnlyList<string> BpduFilterAllow { get; init; } = [];

    public bool DhcpClientBlockEnabled { get; init; }

    public bool DhcpClientBlockV6Enabled { get; init; }

    public bool DhcpServerBlockEnabled { get; init; } = true;

    public bool DhcpServerBlockV6Enabled { get; init; } = true;

    public bool NonIpTrafficBlockEnabled { get; init; }

    public bool RaGuardEnabled { get; init; }

    public bool RateLimitsEnabled { get; init; }

    public TrafficRateLimits RateLimits { get; init; } = new();
}

/// <summary>Packets per second of broadcast and multicast; 0: no limit.</summary>
internal sealed record TrafficRateLimits
{
    [Within(0, int.MaxValue)]
    public int RxBroadcast { get; init; }

    [Within(0, int.MaxValue)]
    public int RxMulticast { get; init; }

    [Within(0, int.MaxValue)]
    public int TxBroadcast { get; init; }

    [Within(0, int.MaxValue)]
    public int TxMulticast { get; init; }
}

/// <summary>Whether a port may speak from its bound addresses only.</summary>
internal sealed record SpoofGuardProfile : PolicyResource
{
    public bool AddressBindingAllowlist { get; init; }

    /// <summary>The older name of the same.</summary>
    public bool AddressBindingWhitelist { get; init; }
}

/// <summary>Which MACs a port may use, and whether they are learned.</summary>
internal sealed record MacDiscoveryProfile : PolicyResource
{
    public bool MacChangeEnabled { get; init; }

    [Mandatory]
    public bool MacLearningEnabled { get; init; }

    /// <summary>Seconds.</summary>
    [ServerSet]
    public int MacLearningAgingTime { get; init; } = 600;

    [Within(0, 4096)]
    public int MacLimit { get; init; } = 4096;

    [OneOf("ALLOW", "DROP")]
    public string MacLimitPolicy { get; init; } = "ALLOW";

    [Within(2048, 8192)]
    public int RemoteOverlayMacLimit { get; init; } = 2048;

    public bool UnknownUnicastFloodingEnabled { get; init; } = true;
}
