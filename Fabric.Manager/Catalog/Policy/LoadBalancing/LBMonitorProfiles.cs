using Fabric.Manager.Catalog.LoadBalancing;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>How a load balancer finds out which servers answer.</summary>
[Family(
    typeof(LBHttpMonitorProfile), typeof(LBHttpsMonitorProfile), typeof(LBIcmpMonitorProfile),
    typeof(LBPassiveMonitorProfile), typeof(LBTcpMonitorProfile), typeof(LBUdpMonitorProfile))]
internal abstract record LBMonitorProfile : PolicyResource;

/// <summary>A monitor that asks at an interval.</summary>
internal abstract record LBActiveMonitor : LBMonitorProfile
{
    [Within(1, int.MaxValue)]
    public long FallCount { get; init; } = 3;

    [Within(1, int.MaxValue)]
    public long Interval { get; init; } = 5;

    /// <summary>Null: the member's.</summary>
    [Within(0, 65_535)]
    public int? MonitorPort { get; init; }

    [Within(1, int.MaxValue)]
    public long RiseCount { get; init; } = 3;

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 5;
}

/// <summary>Asks by HTTP, over TLS or not.</summary>
internal abstract record LBHttpProbe : LBActiveMonitor
{
    public string? RequestBody { get; init; }

    public IReadOnlyList<LbHttpRequestHeader>? RequestHeaders { get; init; }

    [OneOf("GET", "OPTIONS", "POST", "HEAD", "PUT")]
    public string RequestMethod { get; init; } = "GET";

    public string RequestUrl { get; init; } = "/";

    [OneOf("HTTP_VERSION_1_0", "HTTP_VERSION_1_1", "HTTP_VERSION_2_0")]
    public string RequestVersion { get; init; } = "HTTP_VERSION_1_1";

    public string? ResponseBody { get; init; }

    [AtMost(64)]
    public IReadOnlyList<long> ResponseStatusCodes { get; init; } = [200];
}

/// <summary>Asks by HTTP.</summary>
internal sealed record LBHttpMonitorProfile : LBHttpProbe;

/// <summary>Asks by HTTP over TLS.</summary>
internal sealed record LBHttpsMonitorProfile : LBHttpProbe
{
    public LBServerSslProfileBinding? ServerSslProfileBinding { get; init; }
}

/// <summary>Asks by echo requests.</summary>
internal sealed record LBIcmpMonitorProfile : LBActiveMonitor
{
    [Within(0, 65_507)]
    public long DataLength { get; init; } = 56;
}

/// <summary>Watches connections fail, and asks nothing.</summary>
internal sealed record LBPassiveMonitorProfile : LBMonitorProfile
{
    [Within(1, int.MaxValue)]
    public long MaxFails { get; init; } = 5;

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 5;
}

/// <summary>Opens a TCP connection, and may say something and expect an answer.</summary>
internal sealed record LBTcpMonitorProfile : LBActiveMonitor
{
    public string? Receive { get; init; }

    public string? Send { get; init; }
}

/// <summary>Sends a datagram and expects an answer.</summary>
internal sealed record LBUdpMonitorProfile : LBActiveMonitor
{
    [Mandatory]
    public string Receive { get; init; } = "";

    [Mandatory]
    public string Send { get; init; } = "";
}
