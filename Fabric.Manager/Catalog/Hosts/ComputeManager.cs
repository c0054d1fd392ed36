using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Hosts;

/// <summary>A vCenter that hosts are found by.</summary>
[StorageOnly]
internal sealed record ComputeManager : ManagedResource
{
    [Mandatory]
    public string OriginType { get; init; } = "";

    [Mandatory]
    public string Server { get; init; } = "";

    [OneOf("FULL", "LIMITED")]
    public string? AccessLevelForOidc { get; init; }

    public bool? CreateServiceAccount { get; init; }

    public LoginCredential? Credential { get; init; }

    public CertificateData? ExtensionCertificate { get; init; }

    public bool? MultiNsx { get; init; }

    [ServerSet]
    public IReadOnlyList<KeyValuePair>? OriginProperties { get; init; }

    public long? ReverseProxyHttpsPort { get; init; }

    public bool? SetAsOidcProvider { get; init; }
}

/// <summary>How one logs in to it.</summary>
[Family(
    typeof(SamlTokenLoginCredential), typeof(SessionLoginCredential), typeof(UsernamePasswordLoginCredential),
    typeof(VerifiableAsymmetricLoginCredential), By = "credential_type")]
internal abstract record LoginCredential
{
    [JsonPropertyOrder(-9)]
    public string CredentialType => GetType().Name;
}

/// <summary>By name and password.</summary>
internal sealed record UsernamePasswordLoginCredential : LoginCredential
{
    [Secret]
    public string? Password { get; init; }

    public string? Thumbprint { get; init; }

    public string? Username { get; init; }
}

/// <summary>By a token.</summary>
internal sealed record SamlTokenLoginCredential : LoginCredential
{
    public string? Thumbprint { get; init; }

    [Secret]
    public string? Token { get; init; }
}

/// <summary>By a session.</summary>
internal sealed record SessionLoginCredential : LoginCredential
{
    [Secret]
    public string? SessionId { get; init; }

    public string? Thumbprint { get; init; }
}

/// <summary>By a key.</summary>
internal sealed record VerifiableAsymmetricLoginCredential : LoginCredential
{
    [Secret]
    public string? AsymmetricCredential { get; init; }

    [Secret]
    public string? CredentialKey { get; init; }

    public string? CredentialVerifier { get; init; }
}

/// <summary>A certificate and its key.</summary>
internal sealed record CertificateData
{
    public string? PemEncoded { get; init; }

    [Secret]
    public string? PrivateKey { get; init; }
}
