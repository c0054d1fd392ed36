using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Trust;

/// <summary>A certificate, or a chain of them from the leaf up, that somebody brought to the manager.</summary>
internal sealed record Certificate : ManagedResource
{
    [Mandatory]
    public string PemEncoded { get; init; } = "";

    [OneOf("signing-ca")]
    public string? Purpose { get; init; }

    [Secret]
    public string? PrivateKey { get; init; }

    [ServerSet]
    public bool HasPrivateKey { get; init; }

    [ServerSet]
    public string Category { get; init; } = "UNUSED_CERTIFICATE";

    /// <summary>Which services of which nodes use it; none of ours do, the manager keeps its own beside its data.</summary>
    [ServerSet]
    public IReadOnlyList<NodeIdServicesMap> UsedBy { get; init; } = [];

    [ServerSet, JsonPropertyName("leaf_certificate_sha_256_thumbprint")]
    public string? LeafCertificateThumbprint { get; init; }

    /// <summary>What stands in the certificates; answered on request.</summary>
    [ServerSet]
    public IReadOnlyList<X509Certificate>? Details { get; init; }
}

/// <summary>The services of one node.</summary>
internal sealed record NodeIdServicesMap
{
    public string NodeId { get; init; } = "";

    public IReadOnlyList<string> ServiceTypes { get; init; } = [];
}

/// <summary>What stands in one certificate (RFC 5280).</summary>
internal sealed record X509Certificate
{
    public string? Version { get; init; }

    public string? SerialNumber { get; init; }

    public string? Subject { get; init; }

    public string? SubjectCn { get; init; }

    public string? Issuer { get; init; }

    public string? IssuerCn { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long NotBefore { get; init; }

    public long NotAfter { get; init; }

    public bool IsCa { get; init; }

    public bool IsValid { get; init; }

    public string? PublicKeyAlgo { get; init; }

    public long PublicKeyLength { get; init; }

    public string? RsaPublicKeyModulus { get; init; }

    public string? RsaPublicKeyExponent { get; init; }

    public string? EcdsaCurveName { get; init; }

    public string? SignatureAlgorithm { get; init; }

    [JsonPropertyName("sha_256_thumbprint")]
    public string? Thumbprint { get; init; }
}

/// <summary>A certificate as it is imported, with its key if the manager shall have it.</summary>
internal sealed record TrustObjectData : ManagedResource
{
    [Mandatory]
    public string PemEncoded { get; init; } = "";

    [Secret]
    public string? PrivateKey { get; init; }

    [Secret]
    public string? Passphrase { get; init; }

    public string? KeyAlgo { get; init; }

    [OneOf("signing-ca")]
    public string? Purpose { get; init; }
}
