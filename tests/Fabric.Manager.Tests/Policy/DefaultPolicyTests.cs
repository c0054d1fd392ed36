using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>The default policies: two for the distributed firewall, which are its default sections too, and one for each gateway.</summary>
internal sealed class DefaultPolicyTests
{
    private const string Default = "/infra/domains/default/security-policies/default-layer3-section";
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task The_default_rule_is_one_in_both_APIs()
    {
        var rule = (await _manager.GetAsync($"{Default}/rules/default-layer3-rule")).Object;
        Assert.That(((string)rule["action"]!, (long)rule["rule_id"]!, (bool)rule["is_default"]!), Is.EqualTo(("ALLOW", 2L, true)));
        Assert.That((await _manager.PatchAsync($"{Default}/rules/default-layer3-rule", Json.Of("""{"action":"DROP"}"""))).Code, Is.EqualTo(200));
        string section = (string)(await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results[^1]!["id"]!;
        var real = (await _manager.GetAsync($"/firewall/sections/{section}/rules/2")).Object;
        Assert.That((string)real["action"]!, Is.EqualTo("DROP"));

        real["action"] = "REJECT";
        Assert.That((await _manager.PutAsync($"/firewall/sections/{section}/rules/2", real)).Code, Is.EqualTo(200));
        Assert.That((string)(await _manager.GetAsync($"{Default}/rules/default-layer3-rule")).Object["action"]!, Is.EqualTo("REJECT"));
        await _manager.PatchAsync($"{Default}/rules/default-layer3-rule", Json.Of("""{"logged":true}"""));
        real = (await _manager.GetAsync($"/firewall/sections/{section}/rules/2")).Object;
        Assert.That(((string)real["action"]!, (bool)real["logged"]!), Is.EqualTo(("REJECT", true)), "what the other API set stays");
        Assert.That((await _manager.DeleteAsync($"{Default}/rules/default-layer3-rule")).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync(Default)).Code, Is.EqualTo(400));
        Assert.That((await _manager.PatchAsync($"{Default}/rules/default-layer3-rule", Json.Of("""{"source_groups":["10.0.0.1"]}"""))).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task A_gateway_has_a_default_policy_that_comes_and_goes_with_it()
    {
        const string policy = "/infra/domains/default/gateway-policies/Policy_Default_Infra-tier1-t";
        Assert.That((await _manager.PatchAsync("/infra/tier-1s/t", new JsonObject())).Code, Is.EqualTo(200));
        var made = (await _manager.GetAsync(policy)).Object;
        Assert.That(((bool)made["is_default"]!, (string)made["category"]!, (string)made["rules"]![0]!["scope"]![0]!), Is.EqualTo((true, "Default", "/infra/tier-1s/t")));
        Assert.That((await _manager.PatchAsync($"{policy}/rules/default_rule", Json.Of("""{"action":"DROP"}"""))).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync("/infra/tier-1s/t")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync(policy)).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Values_for_context_profiles_are_known_or_added()
    {
        const string path = "/infra/context-profiles/custom-attributes/default";
        Assert.That((await _manager.GetAsync("/infra/context-profiles/attributes?attribute_key=APP_ID")).Results.Single()!["attributes"]![0]!["value"]!.AsArray().Select(value => (string)value!), Does.Contain("AMQP"));
        var body = Json.Of("""{"key":"DOMAIN_NAME","datatype":"STRING","value":["*.example.com"]}""");
        Assert.That((await _manager.PostAsync($"{path}?action=add", body.DeepClone())).Code, Is.EqualTo(200));
        Assert.That((string)(await _manager.GetAsync($"{path}?attribute_key=DOMAIN_NAME&attribute_source=CUSTOM")).Results.Single()!["attributes"]![0]!["value"]![0]!, Is.EqualTo("*.example.com"));
        Assert.That((await _manager.PostAsync($"{path}?action=remove", body)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync(path)).Results, Is.Empty);
        Assert.That((await _manager.PostAsync($"{path}?action=add", Json.Of("""{"key":"APP_ID","datatype":"STRING","value":["x"]}"""))).ErrorCode, Is.EqualTo(255));
    }

    [Test]
    public async Task The_tags_in_use_are_counted()
    {
        await _manager.PatchAsync("/infra/domains/default/groups/t1", Json.Of("""{"tags":[{"scope":"count","tag":"me"}]}"""));
        await _manager.PatchAsync("/infra/domains/default/groups/t2", Json.Of("""{"tags":[{"scope":"count","tag":"me"}]}"""));
        var tags = (await _manager.GetAsync("/infra/tags?scope=count")).Results;
        Assert.That((tags.Count, (string)tags[0]!["tag"]!, (int)tags[0]!["tagged_objects_count"]!), Is.EqualTo((1, "me", 2)));
        Assert.That((await _manager.GetAsync("/infra/tags/effective-resources?scope=count&tag=me")).Results, Has.Count.EqualTo(2));
    }
}
