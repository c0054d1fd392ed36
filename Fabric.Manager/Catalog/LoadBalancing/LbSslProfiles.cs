namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>TLS towards clients.</summary>
internal sealed record LbClientSslProfile : ManagedResource
{
    [OneOf("BALANCED", "HIGH_SECURITY", "HIGH_COMPATIBILITY", "CUSTOM")]
    public string? CipherGroupLabel { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? Ciphers { get; init; }

    [ServerSet]
    public bool? IsFips { get; init; }

    /// <summary>Every protocol and cipher is one that is still held safe.</summary>
    [ServerSet]
    public bool? IsSecure { get; init; }

    public bool PreferServerCiphers { get; init; } = true;

    [LbProtocols]
    public IReadOnlyList<string>? Protocols { get; init; }

    public bool SessionCacheEnabled { get; init; } = true;

    [Within(1, 86_400)]
    public long SessionCacheTimeout { get; init; } = 300;
}

/// <summary>TLS towards pool members.</summary>
internal sealed record LbServerSslProfile : ManagedResource
{
    [OneOf("BALANCED", "HIGH_SECURITY", "HIGH_COMPATIBILITY", "CUSTOM")]
    public string? CipherGroupLabel { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? Ciphers { get; init; }

    [ServerSet]
    public bool? IsFips { get; init; }

    /// <summary>Every protocol and cipher is one that is still held safe.</summary>
    [ServerSet]
    public bool? IsSecure { get; init; }

    [LbProtocols]
    public IReadOnlyList<string>? Protocols { get; init; }

    public bool SessionCacheEnabled { get; init; } = true;
}
