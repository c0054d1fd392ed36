using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Certificates in the policy tree.</summary>
internal sealed class CertificateTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_certificate_is_read_and_its_key_never_shown()
    {
        var body = new JsonObject { ["resource_type"] = "TlsTrustData", ["pem_encoded"] = TestCertificates.Leaf, ["private_key"] = TestCertificates.LeafKey };
        var made = await _manager.PutAsync("/infra/certificates/leaf", body);
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        var read = (await _manager.GetAsync("/infra/certificates/leaf")).Object;
        var details = read["details"]![0]!;
        Assert.That(((string)read["resource_type"]!, (bool)read["has_private_key"]!, (string)read["tls_certificate_type"]!), Is.EqualTo(("TlsCertificate", true, "CERTIFICATE_SELF_SIGNED")));
        Assert.That(((string)details["subject_cn"]!, (string)details["public_key_algo"]!, (bool)details["is_ca"]!, (bool)details["is_valid"]!), Is.EqualTo(("leaf.example", "EC", false, true)));
        foreach (var answer in new[] { made, await _manager.GetAsync("/infra/certificates/leaf"), await _manager.GetAsync("/infra/certificates") })
        {
            Assert.That(answer.Body!.ToJsonString(), Does.Not.Contain("PRIVATE").And.Not.Contain("\"private_key\""));
        }

        var again = await _manager.PatchAsync("/infra/certificates/leaf", new JsonObject { ["description"] = "kept" });
        Assert.That(again.Code, Is.EqualTo(200));
        Assert.That((bool)(await _manager.GetAsync("/infra/certificates/leaf")).Object["has_private_key"]!, "a PATCH of something else keeps the key");
    }

    [Test]
    public async Task What_is_no_certificate_or_not_its_key_is_refused()
    {
        foreach (var body in new[] { new JsonObject { ["pem_encoded"] = "nothing" }, new JsonObject { ["pem_encoded"] = TestCertificates.Leaf, ["private_key"] = TestCertificates.OtherKey } })
        {
            var answer = await _manager.PutAsync("/infra/certificates/wrong", body);
            Assert.That(answer.Code, Is.EqualTo(400), $"{answer.Body}");
        }
    }
}
