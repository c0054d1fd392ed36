namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Priority marks and rate limits of a port.</summary>
[WireName("QoSProfile")]
internal sealed record QosProfile : PolicyResource
{
    [Within(0, 7)]
    public int ClassOfService { get; init; }

    public QosDscp Dscp { get; init; } = new();

    [AtMost(3)]
    public IReadOnlyList<QosBaseRateLimiter>? ShaperConfigurations { get; init; }
}

/// <summary>Whether the inner DSCP is kept, or which one is set.</summary>
internal sealed record QosDscp
{
    [OneOf("TRUSTED", "UNTRUSTED")]
    public string Mode { get; init; } = "TRUSTED";

    [Within(0, 63)]
    public int Priority { get; init; }
}

/// <summary>A limit on the rate of a port.</summary>
[WireName("QoSBaseRateLimiter")]
[Family(typeof(EgressRateLimiter), typeof(IngressBroadcastRateLimiter), typeof(IngressRateLimiter))]
internal abstract record QosBaseRateLimiter : TypedPart
{
    [Mandatory]
    public bool Enabled { get; init; }
}

/// <summary>A limit of the rate over time, at its peak, and of what may come at once.</summary>
internal abstract record BandwidthLimiter : QosBaseRateLimiter
{
    [Within(0, int.MaxValue)]
    public int AverageBandwidth { get; init; }

    [Within(0, int.MaxValue)]
    public int PeakBandwidth { get; init; }

    [Within(0, int.MaxValue)]
    public int BurstSize { get; init; }
}

/// <summary>From the VM into the segment, in megabits per second.</summary>
internal sealed record IngressRateLimiter : BandwidthLimiter;

/// <summary>Broadcast from the VM into the segment, in kilobits per second.</summary>
internal sealed record IngressBroadcastRateLimiter : BandwidthLimiter;

/// <summary>From the segment to the VM, in megabits per second.</summary>
internal sealed record EgressRateLimiter : BandwidthLimiter;

/// <summary>A limit on the rate through a tier-1 gateway.</summary>
internal sealed record GatewayQosProfile : PolicyResource
{
    /// <summary>Megabits per second.</summary>
    [Within(1, int.MaxValue)]
    public int CommittedBandwidth { get; init; } = 1;

    /// <summary>The same, as the API spelt it first.</summary>
    [Within(1, int.MaxValue)]
    public int CommittedBandwitdth { get; init; } = 1;

    /// <summary>Bytes.</summary>
    [Within(1, int.MaxValue)]
    public int BurstSize { get; init; } = 1;

    [OneOf("DROP")]
    public string ExcessAction { get; init; } = "DROP";
}
