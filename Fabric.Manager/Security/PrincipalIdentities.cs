using System.Security.Cryptography.X509Certificates;
using Fabric.Manager.Catalog.Trust;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Security;

/// <summary>Machines that log in with a certificate: found by the certificate's fingerprint, as long as it is valid.</summary>
internal sealed class PrincipalIdentities(TimeProvider time)
{
    private Index _index = new(null, null, new Dictionary<string, string>());

    /// <summary>The identity that a client's certificate belongs to.</summary>
    public Caller? Find(FabricModel model, X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        return now >= certificate.NotBefore && now <= certificate.NotAfter && IndexOf(model).ByThumbprint.TryGetValue(ThumbprintOf(certificate), out string? id)
            ? Find(model, id)
            : null;
    }

    /// <summary>The identity of that id, with the roles it has now.</summary>
    public static Caller? Find(FabricModel model, string id)
        => model.Find<PrincipalIdentity>(id) is not { } identity ? null : Callers.Bound(
            model,
            new Caller(identity.Name, identity.Role is { } role ? [role] : [])
            {
                Identity = identity.Id,
                IsProtected = identity.IsProtected,
                RolesForPaths = [.. (identity.RolesForPaths ?? []).Select(each => new PathRoles(each.Path, [.. each.Roles.Select(role => role.Name)]))],
            },
            "principal_identity");

    private static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    /// <summary>Made anew when an identity or a certificate has changed.</summary>
    private Index IndexOf(FabricModel model)
    {
        object identities = model.OfKind(nameof(PrincipalIdentity));
        object certificates = model.OfKind(nameof(Certificate));
        var index = Volatile.Read(ref _index);
        if (ReferenceEquals(index.Identities, identities) && ReferenceEquals(index.Certificates, certificates))
        {
            return index;
        }

        var byThumbprint = new Dictionary<string, string>();
        foreach (var identity in model.All<PrincipalIdentity>())
        {
            if (model.Find<Certificate>(identity.CertificateId)?.PemEncoded is { } pem)
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                byThumbprint[ThumbprintOf(certificate)] = identity.Id;
            }
        }

        index = new Index(identities, certificates, byThumbprint);
        Volatile.Write(ref _index, index);
        return index;
    }

    /// <summary>Identities by fingerprint, and what that was made from.</summary>
    private sealed record Index(object? Identities, object? Certificates, IReadOnlyDictionary<string, string> ByThumbprint);
}
