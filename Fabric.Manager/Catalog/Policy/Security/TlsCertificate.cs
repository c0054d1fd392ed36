using Fabric.Manager.Catalog.Trust;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>A certificate or a chain of them, perhaps with the private key; written as TlsTrustData.</summary>
[AlsoNamed("TlsTrustData")]
internal sealed record TlsCertificate : PolicyResource
{
    [OneOf("SERVICE_CERTIFICATE"), ServerSet]
    public string? Category { get; init; }

    /// <summary>What the PEM says, the leaf first.</summary>
    [ServerSet]
    public IReadOnlyList<X509Certificate>? Details { get; init; }

    [ServerSet]
    public bool HasPrivateKey { get; init; }

    public string? KeyAlgo { get; init; }

    [Secret]
    public string? Passphrase { get; init; }

    [Mandatory]
    public string PemEncoded { get; init; } = "";

    [Secret]
    public string? PrivateKey { get; init; }

    [OneOf("signing-ca")]
    public string? Purpose { get; init; }

    [OneOf("CERTIFICATE_CA", "CERTIFICATE_SIGNED", "CERTIFICATE_SELF_SIGNED"), ServerSet]
    public string? TlsCertificateType { get; init; }
}

/// <summary>Certificates that their issuer took back.</summary>
internal sealed record TlsCrl : PolicyResource
{
    [OneOf("OneCRL", "X509")]
    public string CrlType { get; init; } = "X509";

    [AtMost(1_000_000)]
    public string? OneCrl { get; init; }

    public string? PemEncoded { get; init; }
}
