using Fabric.Manager.Catalog.Access;

namespace Fabric.Manager.Catalog.Trust;

/// <summary>A machine that logs in with a certificate, such as NCP; what it makes can be protected from everybody else.</summary>
internal sealed record PrincipalIdentity : ManagedResource
{
    [Mandatory, AtMost(255)]
    public string Name { get; init; } = "";

    [Mandatory, AtMost(255)]
    public string NodeId { get; init; } = "";

    public string? Role { get; init; }

    public IReadOnlyList<RolesForPath>? RolesForPaths { get; init; }

    public bool IsProtected { get; init; } = true;

    [RefersTo(typeof(Certificate))]
    public string? CertificateId { get; init; }
}

/// <summary>An identity and its certificate in one.</summary>
internal sealed record PrincipalIdentityWithCertificate : ManagedResource
{
    [Mandatory, AtMost(255)]
    public string Name { get; init; } = "";

    [Mandatory, AtMost(255)]
    public string NodeId { get; init; } = "";

    public string? Role { get; init; }

    public IReadOnlyList<RolesForPath>? RolesForPaths { get; init; }

    public bool IsProtected { get; init; } = true;

    [Mandatory]
    public string CertificatePem { get; init; } = "";

    [ServerSet]
    public string? CertificateId { get; init; }
}

/// <summary>Gives an identity another certificate.</summary>
internal sealed record UpdatePrincipalIdentityCertificateRequest : ManagedResource
{
    [Mandatory]
    public string PrincipalIdentityId { get; init; } = "";

    [Mandatory]
    public string CertificateId { get; init; } = "";
}
