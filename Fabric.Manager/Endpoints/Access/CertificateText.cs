using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fabric.Manager.Catalog.Trust;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>Reads certificates that clients bring, and tells what stands in them.</summary>
internal static class CertificateText
{
    private const string RsaOid = "1.2.840.113549.1.1.1";

    /// <summary>The object for a chain in PEM; with its key, which must be that of the leaf.</summary>
    public static (Certificate? Certificate, ApiError? Error) Read(TrustObjectData given)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(given.PemEncoded.Replace("\\n", "\n", StringComparison.Ordinal)); // as a client that escapes twice sends it
            if (chain.Count == 0)
            {
                return (null, ApiErrors.BadCertificate("there is no certificate in pem_encoded"));
            }

            if (given.PrivateKey is { } key && !HoldsKey(chain[0], key, given.Passphrase))
            {
                return (null, ApiErrors.BadCertificate("private_key is not the key of the first certificate"));
            }

            return (new Certificate
            {
                Id = given.Id,
                DisplayName = given.DisplayName ?? NameOf(chain[0].SubjectName),
                Description = given.Description,
                Tags = given.Tags,
                Purpose = given.Purpose,
                PemEncoded = string.Join('\n', chain.Select(each => each.ExportCertificatePem())) + "\n",
                PrivateKey = given.PrivateKey,
                HasPrivateKey = given.PrivateKey is not null,
                LeafCertificateThumbprint = chain[0].GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            }, null);
        }
        catch (CryptographicException wrong)
        {
            return (null, ApiErrors.BadCertificate(wrong.Message));
        }
        catch (ArgumentException)
        {
            return (null, ApiErrors.BadCertificate("private_key holds no key"));
        }
        finally
        {
            foreach (var certificate in chain)
            {
                certificate.Dispose();
            }
        }
    }

    public static Certificate WithDetails(Certificate certificate, DateTimeOffset now)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.PemEncoded);
        var details = chain.Select(each => Describe(each, now)).ToList();
        foreach (var each in chain)
        {
            each.Dispose();
        }

        return certificate with { Details = details };
    }

    private static bool HoldsKey(X509Certificate2 certificate, string pem, string? passphrase)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            using var key = RSA.Create();
            Import(key, pem, passphrase);
            return key.ExportParameters(false).Modulus.AsSpan().SequenceEqual(rsa.ExportParameters(false).Modulus);
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is null)
        {
            return true; // DSA and later kinds: the key is kept as it came
        }

        using var curve = ECDsa.Create();
        Import(curve, pem, passphrase);
        return curve.ExportParameters(false).Q.X.AsSpan().SequenceEqual(ecdsa.ExportParameters(false).Q.X);
    }

    private static void Import(AsymmetricAlgorithm key, string pem, string? passphrase)
    {
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            key.ImportFromEncryptedPem(pem, passphrase ?? "");
        }
        else
        {
            key.ImportFromPem(pem);
        }
    }

    private static Catalog.Trust.X509Certificate Describe(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        var modulus = rsa?.ExportParameters(false);
        return new()
        {
            Version = $"{certificate.Version}",
            SerialNumber = certificate.SerialNumber.ToLowerInvariant(),
            Subject = certificate.Subject,
            SubjectCn = NameOf(certificate.SubjectName),
            Issuer = certificate.Issuer,
            IssuerCn = NameOf(certificate.IssuerName),
            NotBefore = new DateTimeOffset(certificate.NotBefore).ToUnixTimeMilliseconds(),
            NotAfter = new DateTimeOffset(certificate.NotAfter).ToUnixTimeMilliseconds(),
            IsCa = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority),
            IsValid = now >= certificate.NotBefore && now <= certificate.NotAfter,
            PublicKeyAlgo = certificate.PublicKey.Oid.Value == RsaOid ? "RSA" : ecdsa is not null ? "EC" : certificate.PublicKey.Oid.FriendlyName,
            PublicKeyLength = rsa?.KeySize ?? ecdsa?.KeySize ?? 0,
            RsaPublicKeyModulus = modulus is { } parameters ? Convert.ToHexStringLower(parameters.Modulus!) : null,
            RsaPublicKeyExponent = modulus is { } exponents ? Convert.ToHexStringLower(exponents.Exponent!) : null,
            EcdsaCurveName = ecdsa?.ExportParameters(false).Curve.Oid.FriendlyName,
            SignatureAlgorithm = certificate.SignatureAlgorithm.FriendlyName,
            Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
        };
    }

    private static string NameOf(X500DistinguishedName name)
        => name.EnumerateRelativeDistinguishedNames().FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.3")?.GetSingleElementValue() ?? name.Name;
}
