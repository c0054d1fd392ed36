using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Certificates that tests bring to the manager, made once for the run.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset From = new(2029, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<(string Pem, string Key)> Made = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=leaf.example,O=Fabric", key, HashAlgorithmName.SHA256).CreateSelfSigned(From, From.AddYears(5));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    });

    public static string Leaf => Made.Value.Pem;

    public static string LeafKey => Made.Value.Key;

    public static string OtherKey
    {
        get
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem();
        }
    }
}
