using Fabric.Manager.Catalog.LoadBalancing;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>The TLS that clients of a virtual server may speak.</summary>
internal sealed record LBClientSslProfile : PolicyResource
{
    [OneOf("BALANCED", "HIGH_SECURITY", "HIGH_COMPATIBILITY", "CUSTOM")]
    public string? CipherGroupLabel { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? Ciphers { get; init; }

    [ServerSet]
    public bool IsFips { get; init; }

    [ServerSet]
    public bool IsSecure { get; init; }

    public bool PreferServerCiphers { get; init; } = true;

    [LbProtocols]
    public IReadOnlyList<string>? Protocols { get; init; }

    public bool SessionCacheEnabled { get; init; } = true;

    [Within(1, 86_400)]
    public long SessionCacheTimeout { get; init; } = 300;
}

/// <summary>The TLS that a load balancer speaks to servers.</summary>
internal sealed record LBServerSslProfile : PolicyResource
{
    [OneOf("BALANCED", "HIGH_SECURITY", "HIGH_COMPATIBILITY", "CUSTOM")]
    public string? CipherGroupLabel { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? Ciphers { get; init; }

    [ServerSet]
    public bool IsFips { get; init; }

    [ServerSet]
    public bool IsSecure { get; init; }

    [LbProtocols]
    public IReadOnlyList<string>? Protocols { get; init; }

    public bool SessionCacheEnabled { get; init; } = true;
}
