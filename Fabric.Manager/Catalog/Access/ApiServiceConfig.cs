namespace Fabric.Manager.Catalog.Access;

/// <summary>What the API service allows its clients; one object. Where it was never written, the manager's settings hold.</summary>
internal sealed record ApiServiceConfig : ManagedResource
{
    public const string TheId = "api-service";

    /// <summary>Requests per second of one client; 0: no limit.</summary>
    [Within(0, int.MaxValue)]
    public long ClientApiRateLimit { get; init; } = 100;

    /// <summary>Requests under way of one client; 0: no limit.</summary>
    [Within(0, int.MaxValue)]
    public long ClientApiConcurrencyLimit { get; init; } = 40;

    [Within(0, int.MaxValue)]
    public long GlobalApiConcurrencyLimit { get; init; } = 199;

    /// <summary>Seconds of rest that end a session; 0: none.</summary>
    [Within(0, int.MaxValue)]
    public long SessionTimeout { get; init; } = 1800;

    [Within(0, int.MaxValue)]
    public long ConnectionTimeout { get; init; } = 30;

    public bool BasicAuthenticationEnabled { get; init; } = true;

    public bool CookieBasedAuthenticationEnabled { get; init; } = true;

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> LockoutImmuneAddresses { get; init; } = [];

    public IReadOnlyList<ProtocolVersion> ProtocolVersions { get; init; } = [new() { Name = "TLSv1.2", Enabled = true }, new() { Name = "TLSv1.3", Enabled = true }];

    public IReadOnlyList<CipherSuite> CipherSuites { get; init; } =
    [
        new() { Name = "TLS_AES_256_GCM_SHA384", Enabled = true },
        new() { Name = "TLS_AES_128_GCM_SHA256", Enabled = true },
        new() { Name = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", Enabled = true },
        new() { Name = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", Enabled = true },
    ];

    [AtMost(255)]
    public string RedirectHost { get; init; } = "";
}

/// <summary>A version of TLS.</summary>
internal sealed record ProtocolVersion
{
    [Mandatory]
    public string Name { get; init; } = "";

    [Mandatory]
    public bool Enabled { get; init; }
}

/// <summary>A cipher suite of TLS by its IANA name.</summary>
internal sealed record CipherSuite
{
    [Mandatory]
    public string Name { get; init; } = "";

    [Mandatory]
    public bool Enabled { get; init; }
}
