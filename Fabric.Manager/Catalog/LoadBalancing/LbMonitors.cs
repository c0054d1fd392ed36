using Fabric.Manager.Catalog.Trust;

namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>A check whether pool members live.</summary>
[Family(typeof(LbHttpMonitor), typeof(LbHttpsMonitor), typeof(LbIcmpMonitor), typeof(LbPassiveMonitor), typeof(LbTcpMonitor), typeof(LbUdpMonitor))]
internal abstract record LbMonitor : ManagedResource;

/// <summary>A monitor that asks at an interval.</summary>
internal abstract record LbActiveMonitor : LbMonitor
{
    [Within(1, int.MaxValue)]
    public long FallCount { get; init; } = 3;

    [Within(1, int.MaxValue)]
    public long Interval { get; init; } = 5;

    [WrittenAs(TextForm.PortOrRange)]
    public string? MonitorPort { get; init; }

    [Within(1, int.MaxValue)]
    public long RiseCount { get; init; } = 3;

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 15;
}

/// <summary>A monitor that asks by HTTP, over TLS or not.</summary>
internal abstract record LbHttpProbe : LbActiveMonitor
{
    public string? RequestBody { get; init; }

    public IReadOnlyList<LbHttpRequestHeader>? RequestHeaders { get; init; }

    [OneOf("GET", "OPTIONS", "POST", "HEAD", "PUT")]
    public string RequestMethod { get; init; } = "GET";

    public string? RequestUrl { get; init; }

    public string RequestVersion { get; init; } = "HTTP_VERSION_1_1";

    public string? ResponseBody { get; init; }

    [AtMost(64)]
    public IReadOnlyList<long>? ResponseStatusCodes { get; init; }
}

/// <summary>An HTTP request and the answer that is expected.</summary>
internal sealed record LbHttpMonitor : LbHttpProbe;

/// <summary>An HTTP request over TLS and the answer that is expected.</summary>
internal sealed record LbHttpsMonitor : LbHttpProbe
{
    [Within(1, int.MaxValue)]
    public long CertificateChainDepth { get; init; } = 3;

    [OneOf("BALANCED", "HIGH_SECURITY", "HIGH_COMPATIBILITY", "CUSTOM")]
    public string? CipherGroupLabel { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? Ciphers { get; init; }

    [RefersTo(typeof(Certificate))]
    public string? ClientCertificateId { get; init; }

    [ServerSet]
    public bool? IsFips { get; init; }

    /// <summary>Every protocol and cipher is one that is still held safe.</summary>
    [ServerSet]
    public bool? IsSecure { get; init; }

    [LbProtocols]
    public IReadOnlyList<string>? Protocols { get; init; }

    [OneOf("REQUIRED", "IGNORE")]
    public string ServerAuth { get; init; } = "IGNORE";

    [RefersTo(typeof(Certificate))]
    public IReadOnlyList<string>? ServerAuthCaIds { get; init; }

    public IReadOnlyList<string>? ServerAuthCrlIds { get; init; }
}

/// <summary>An echo request.</summary>
internal sealed record LbIcmpMonitor : LbActiveMonitor
{
    [Within(0, 65_507)]
    public long DataLength { get; init; } = 56;
}

/// <summary>Failed connections of clients, counted.</summary>
internal sealed record LbPassiveMonitor : LbMonitor
{
    [Within(1, int.MaxValue)]
    public long MaxFails { get; init; } = 5;

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 5;
}

/// <summary>A TCP connection, with data if wanted.</summary>
internal sealed record LbTcpMonitor : LbActiveMonitor
{
    public string? Receive { get; init; }

    public string? Send { get; init; }
}

/// <summary>A datagram and the answer that is expected.</summary>
internal sealed record LbUdpMonitor : LbActiveMonitor
{
    [Mandatory]
    public string Receive { get; init; } = "";

    [Mandatory]
    public string Send { get; init; } = "";
}

/// <summary>A header that a monitor sends.</summary>
internal sealed record LbHttpRequestHeader
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}
