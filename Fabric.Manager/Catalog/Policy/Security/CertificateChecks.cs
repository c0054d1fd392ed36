using Fabric.Manager.Catalog.Trust;
using Fabric.Manager.Endpoints.Access;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Reads the certificates that users bring, and says what stands in them.</summary>
internal static class CertificateChecks
{
    private const string LineEnd = "\n";

    public static Checked<TlsCertificate> Complete(WriteScope scope, TlsCertificate? before, TlsCertificate certificate)
    {
        string? key = certificate.PrivateKey ?? (certificate.PemEncoded == before?.PemEncoded ? before?.PrivateKey : null) ?? KeyIn(certificate.PemEncoded);
        if (before is not null && before.PemEncoded == certificate.PemEncoded && before.PrivateKey == key && before.Details is not null)
        {
            return certificate with { PrivateKey = key, Passphrase = certificate.Passphrase ?? before.Passphrase };
        }

        var (read, error) = CertificateText.Read(new TrustObjectData { PemEncoded = certificate.PemEncoded, PrivateKey = key, Passphrase = certificate.Passphrase });
        if (read is null)
        {
            return error!;
        }

        var details = CertificateText.WithDetails(read, DateTimeOffset.FromUnixTimeMilliseconds(scope.Now)).Details!;
        return certificate with
        {
            PemEncoded = IsPlain(certificate.PemEncoded) ? certificate.PemEncoded : read.PemEncoded,
            PrivateKey = key,
            HasPrivateKey = key is not null,
            Category = key is null ? null : "SERVICE_CERTIFICATE",
            Details = details,
            TlsCertificateType = details[0].IsCa ? "CERTIFICATE_CA" : details[0].Subject == details[0].Issuer ? "CERTIFICATE_SELF_SIGNED" : "CERTIFICATE_SIGNED",
        };
    }

    /// <summary>Certificates alone, written as they should be: those are answered as they came.</summary>
    private static bool IsPlain(string pem) => !pem.Contains("PRIVATE KEY", StringComparison.Ordinal) && !pem.Contains("\\n", StringComparison.Ordinal);

    /// <summary>Some clients send the key behind the certificates, in one text.</summary>
    private static string? KeyIn(string pem)
    {
        string text = pem.Replace("\\n", LineEnd, StringComparison.Ordinal);
        int start = text.IndexOf("PRIVATE KEY-----", StringComparison.Ordinal);
        start = start < 0 ? start : text.LastIndexOf("-----BEGIN", start, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("-----END", start, StringComparison.Ordinal);
        int close = end < 0 ? -1 : text.IndexOf("-----", end + "-----END".Length, StringComparison.Ordinal);
        return close < 0 ? null : text[start..(close + 5)];
    }
}
