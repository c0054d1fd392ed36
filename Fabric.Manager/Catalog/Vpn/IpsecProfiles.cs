namespace Fabric.Manager.Catalog.Vpn;

/// <summary>How a dead peer is noticed.</summary>
[StorageOnly]
internal sealed record IPSecVPNDPDProfile : ManagedResource
{
    [Within(3, 360)]
    public long DpdProbeInterval { get; init; } = 60;

    [OneOf("PERIODIC", "ON_DEMAND")]
    public string? DpdProbeMode { get; init; }

    public bool Enabled { get; init; } = true;

    public long? RetryCount { get; init; }
}

/// <summary>How keys are agreed upon.</summary>
[StorageOnly]
internal sealed record IPSecVPNIKEProfile : ManagedResource
{
    [OneOf("GROUP2", "GROUP5", "GROUP14", "GROUP15", "GROUP16", "GROUP19", "GROUP20", "GROUP21")]
    public IReadOnlyList<string>? DhGroups { get; init; }

    [OneOf("SHA1", "SHA2_256", "SHA2_384", "SHA2_512")]
    public IReadOnlyList<string>? DigestAlgorithms { get; init; }

    public IReadOnlyList<string>? EncryptionAlgorithms { get; init; }

    [OneOf("IKE_V1", "IKE_V2", "IKE_FLEX")]
    public string IkeVersion { get; init; } = "IKE_V2";

    [Within(21600, 31_536_000)]
    public long SaLifeTime { get; init; } = 86_400;
}

/// <summary>How packets are protected.</summary>
[StorageOnly]
internal sealed record IPSecVPNTunnelProfile : ManagedResource
{
    [OneOf("COPY", "CLEAR")]
    public string DfPolicy { get; init; } = "COPY";

    [OneOf("GROUP2", "GROUP5", "GROUP14", "GROUP15", "GROUP16", "GROUP19", "GROUP20", "GROUP21")]
    public IReadOnlyList<string>? DhGroups { get; init; }

    [OneOf("SHA1", "SHA2_256", "SHA2_384", "SHA2_512")]
    public IReadOnlyList<string>? DigestAlgorithms { get; init; }

    public bool EnablePerfectForwardSecrecy { get; init; } = true;

    [OneOf("TUNNEL_MODE"), ServerSet]
    public string EncapsulationMode { get; init; } = "TUNNEL_MODE";

    [OneOf("AES_128", "AES_256", "AES_GCM_128", "AES_GCM_192", "AES_GCM_256", "NO_ENCRYPTION_AUTH_AES_GMAC_128", "NO_ENCRYPTION_AUTH_AES_GMAC_192", "NO_ENCRYPTION_AUTH_AES_GMAC_256", "NO_ENCRYPTION")]
    public IReadOnlyList<string>? EncryptionAlgorithms { get; init; }

    [Within(900, 31_536_000)]
    public long SaLifeTime { get; init; } = 3600;

    [OneOf("ESP"), ServerSet]
    public string TransformProtocol { get; init; } = "ESP";
}
