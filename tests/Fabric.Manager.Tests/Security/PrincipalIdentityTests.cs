using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Security;

internal sealed class PrincipalIdentityTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_machine_logs_in_with_its_certificate()
    {
        using var certificate = New("CN=ncp");
        string id = await IdentityAsync("ncp", certificate);
        using var client = _manager.NewClient(password: null, certificate: certificate);
        var made = await client.AskAsync(HttpMethod.Post, "ip-sets", new JsonObject());
        Assert.That((made.Code, (string)made.Body!["_create_user"]!), Is.EqualTo((201, "ncp")));
        Assert.That((string)(await client.AskAsync(HttpMethod.Get, "aaa/user-info")).Body!["user_name"]!, Is.EqualTo("ncp"));

        using var next = New("CN=ncp");
        var imported = await _manager.PostAsync("/trust-management/certificates?action=import", new JsonObject { ["pem_encoded"] = next.ExportCertificatePem() });
        Assert.That(imported.Code, Is.EqualTo(201), $"{imported.Body}");
        string newer = (string)imported.Results[0]!["id"]!;
        Assert.That((await _manager.PostAsync("/trust-management/principal-identities?action=update_certificate", new JsonObject { ["principal_identity_id"] = id, ["certificate_id"] = newer })).Code, Is.EqualTo(200));
        Assert.That((await client.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(500));
        using var renewed = _manager.NewClient(password: null, certificate: next);
        Assert.That((await renewed.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync($"/trust-management/certificates/{newer}")).ErrorCode, Is.EqualTo(606));
        Assert.That((await _manager.DeleteAsync($"/trust-management/principal-identities/{id}")).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync($"/trust-management/certificates/{newer}")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task A_certificate_that_nobody_knows_is_not_trusted_and_a_password_beside_it_counts()
    {
        using var certificate = New("CN=stranger");
        using var client = _manager.NewClient(password: null, certificate: certificate);
        var refused = await client.AskAsync(HttpMethod.Get, "node");
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((500, 99)), "what clients take for a certificate that is not trusted");
        using var both = _manager.NewClient(certificate: certificate);
        Assert.That((await both.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task A_certificate_opens_a_session_as_its_identity()
    {
        using var certificate = New("CN=operator");
        await IdentityAsync("operator", certificate);
        using var client = _manager.NewClient(password: null, certificate: certificate);
        using var login = await client.PostAsync("/api/session/create", new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.That((int)login.StatusCode, Is.EqualTo(200));
        using var plain = _manager.NewClient(password: null);
        var info = await plain.AskAsync(HttpMethod.Get, "aaa/user-info", null, ("Cookie", login.Headers.GetValues("Set-Cookie").Single().Split(' ')[0]), ("X-XSRF-TOKEN", login.Headers.GetValues("X-XSRF-TOKEN").Single()));
        Assert.That((string)info.Body!["user_name"]!, Is.EqualTo("operator"));
    }

    [Test]
    public async Task A_certificate_that_has_expired_is_not_trusted()
    {
        using var certificate = New("CN=old", days: 10);
        await IdentityAsync("old", certificate);
        using var client = _manager.NewClient(password: null, certificate: certificate);
        Assert.That((await client.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
        _manager.Time.Advance(TimeSpan.FromDays(11));
        Assert.That((await client.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(500));
    }

    [Test]
    public async Task A_certificate_is_imported_with_its_key_which_is_never_shown()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=shop.example,O=Shop", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(_manager.Time.GetUtcNow().AddDays(-1), _manager.Time.GetUtcNow().AddDays(900));
        string pem = key.ExportPkcs8PrivateKeyPem();
        var body = new JsonObject { ["display_name"] = "shop", ["pem_encoded"] = certificate.ExportCertificatePem(), ["private_key"] = pem };
        var imported = await _manager.PostAsync("/trust-management/certificates?action=import", body);
        Assert.That(imported.Code, Is.EqualTo(201), $"{imported.Body}");
        string id = (string)imported.Results.Single()!["id"]!;
        var shown = await _manager.GetAsync($"/trust-management/certificates/{id}?details=true");
        Assert.That((string)shown.Body!["details"]![0]!["subject_cn"]!, Is.EqualTo("shop.example"));
        Assert.That((bool)shown.Body["has_private_key"]!, Is.True);
        Assert.That(imported.Body!.ToJsonString() + shown.Body.ToJsonString(), Does.Not.Contain("PRIVATE KEY"));
        using var other = RSA.Create(2048);
        body["private_key"] = other.ExportPkcs8PrivateKeyPem();
        Assert.That((await _manager.PostAsync("/trust-management/certificates?action=import", body)).Code, Is.EqualTo(400));
        body["private_key"] = "nonsense";
        Assert.That((await _manager.PostAsync("/trust-management/certificates?action=import", body)).Code, Is.EqualTo(400));
        Assert.That((await _manager.PostAsync("/trust-management/certificates?action=import", new JsonObject { ["pem_encoded"] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" })).Code, Is.EqualTo(400));
    }

    private X509Certificate2 New(string subject, int days = 3650)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.FromUnixTimeSeconds(0), _manager.Time.GetUtcNow().AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null); // a key in a file is what TLS takes
    }

    private async Task<string> IdentityAsync(string name, X509Certificate2 certificate)
    {
        var made = await _manager.PostAsync("/trust-management/principal-identities/with-certificate", new JsonObject
        {
            ["name"] = name,
            ["node_id"] = "node-1",
            ["role"] = "enterprise_admin",
            ["is_protected"] = false,
            ["certificate_pem"] = certificate.ExportCertificatePem(),
        });
        Assert.That(made.Code, Is.EqualTo(201), $"{made.Body}");
        return (string)made.Body!["id"]!;
    }
}
