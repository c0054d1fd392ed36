using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Policies of the distributed firewall and their rules, in the order in which they are evaluated.</summary>
internal sealed class SecurityPolicyTests
{
    private RunningManager _manager = null!;

    /// <summary>Each test has a domain of its own.</summary>
    private static string Policies => $"/infra/domains/{TestContext.CurrentContext.Test.ID}/security-policies";

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [SetUp]
    public async Task MakeDomainAsync() => await _manager.PatchAsync($"/infra/domains/{TestContext.CurrentContext.Test.ID}", new JsonObject());

    [Test]
    public async Task A_policy_is_written_with_its_rules_and_they_are_objects_of_their_own()
    {
        await MakeAsync("p", """{"category":"Application","rules":[{"id":"r1","action":"ALLOW","sequence_number":10},{"id":"r2","action":"DROP","sequence_number":20}]}""");
        var policy = (await _manager.GetAsync($"{Policies}/p")).Object;
        Assert.That((policy["rules"]!.AsArray().Count, (int)policy["rule_count"]!, (bool)policy["stateful"]!, (bool)policy["tcp_strict"]!), Is.EqualTo((2, 2, true, true)));
        var rule = (await _manager.GetAsync($"{Policies}/p/rules/r1")).Object;
        Assert.That(((string)rule["source_groups"]![0]!, (string)rule["services"]![0]!, (string)rule["scope"]![0]!, (string)rule["direction"]!, (string)rule["ip_protocol"]!),
            Is.EqualTo(("ANY", "ANY", "ANY", "IN_OUT", "IPV4_IPV6")));
        Assert.That((long)rule["rule_id"]!, Is.GreaterThan(1000));
        Assert.That((await _manager.GetAsync(Policies)).Results.Single(each => (string)each!["id"]! == "p")!["rules"], Is.Null, "lists leave the rules out");

        await _manager.PatchAsync($"{Policies}/p", Json.Of("""{"rules":[{"id":"r3","action":"REJECT","sequence_number":15}]}"""));
        Assert.That(await RulesAsync("p"), Is.EqualTo(new[] { "r1", "r3", "r2" }));
        var read = (await _manager.GetAsync($"{Policies}/p")).Object;
        read["rules"]!.AsArray().RemoveAt(0);
        Assert.That((await _manager.PutAsync($"{Policies}/p", read)).Code, Is.EqualTo(200));
        Assert.That(await RulesAsync("p"), Is.EqualTo(new[] { "r3", "r2" }));
    }

    [Test]
    public async Task Revise_moves_a_policy_among_those_of_its_category()
    {
        foreach (var (id, number) in new[] { ("a", 10), ("b", 11), ("c", 12) })
        {
            await MakeAsync(id, $$"""{"category":"Application","sequence_number":{{number}}}""");
        }

        await MakeAsync("first", """{"category":"Emergency","sequence_number":99}""");
        await ReviseAsync("c", "operation=insert_before&anchor_path=" + Policies + "/b");
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { "first", "a", "c", "b" }));
        await ReviseAsync("b", "operation=insert_top");
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { "first", "b", "a", "c" }));
        await ReviseAsync("b", "operation=insert_bottom");
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { "first", "a", "c", "b" }));
        await ReviseAsync("a", "operation=insert_after&anchor_path=" + Policies + "/c");
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { "first", "c", "a", "b" }));

        var read = (await _manager.GetAsync($"{Policies}/a")).Object;
        var nowhere = await _manager.PostAsync($"{Policies}/a?action=revise&operation=insert_after&anchor_path={Policies}/none", read);
        Assert.That((nowhere.Code, nowhere.ErrorCode), Is.EqualTo((400, 500012)));
        read["_revision"] = 0;
        Assert.That((await _manager.PostAsync($"{Policies}/a?action=revise&operation=insert_top", read)).Code, Is.EqualTo(412));
    }

    [Test]
    public async Task Revise_moves_a_rule_within_its_policy()
    {
        await MakeAsync("p", """{"category":"Application","rules":[{"id":"r1","sequence_number":1},{"id":"r2","sequence_number":2},{"id":"r3","sequence_number":3}]}""");
        var rule = (await _manager.GetAsync($"{Policies}/p/rules/r3")).Object;
        var moved = await _manager.PostAsync($"{Policies}/p/rules/r3?action=revise&operation=insert_after&anchor_path={Policies}/p/rules/r1", rule);
        Assert.That(moved.Code, Is.EqualTo(200), $"{moved.Body}");
        Assert.That(await RulesAsync("p"), Is.EqualTo(new[] { "r1", "r3", "r2" }));
    }

    [TestCase("""{"category":"Ethernet","stateful":true}""", "stateful")]
    [TestCase("""{"category":"Sometimes"}""", "Sometimes")]
    [TestCase("""{"rules":[{"id":"r","action":"JUMP_TO_APPLICATION"}]}""", "Environment")]
    [TestCase("""{"rules":[{"id":"r","source_groups":["ANY","10.0.0.1"]}]}""", "stands alone")]
    [TestCase("""{"rules":[{"id":"r","source_groups":["somewhere"]}]}""", "somewhere")]
    [TestCase("""{"rules":[{"id":"r","service_entries":[{"resource_type":"EtherTypeServiceEntry","ether_type":2048}]}]}""", "Ethernet")]
    public async Task What_a_policy_cannot_be_is_refused(string body, string named)
    {
        var answer = await _manager.PatchAsync($"{Policies}/wrong", Json.Of(body));
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, 255)), $"{answer.Body}");
        Assert.That(answer.Message, Does.Contain(named));
    }

    [Test]
    public async Task What_rules_name_must_be_there_and_stays()
    {
        var dangling = await _manager.PatchAsync($"{Policies}/p", Json.Of("""{"rules":[{"id":"r","source_groups":["/infra/domains/default/groups/none"]}]}"""));
        Assert.That((dangling.Code, dangling.ErrorCode), Is.EqualTo((400, 500012)), $"{dangling.Body}");
        await _manager.PatchAsync("/infra/domains/default/groups/g", new JsonObject());
        await MakeAsync("p", """{"rules":[{"id":"r","source_groups":["/infra/domains/default/groups/g"],"services":["/infra/services/HTTPS"]}]}""");
        var used = await _manager.DeleteAsync("/infra/domains/default/groups/g");
        Assert.That((used.Code, used.ErrorCode), Is.EqualTo((400, 500030)));
        Assert.That(used.Message, Does.Contain($"{Policies}/p/rules/r"));
    }

    private async Task MakeAsync(string id, string body)
    {
        var answer = await _manager.PatchAsync($"{Policies}/{id}", Json.Of(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
    }

    private async Task ReviseAsync(string id, string where)
    {
        var answer = await _manager.PostAsync($"{Policies}/{id}?action=revise&{where}", (await _manager.GetAsync($"{Policies}/{id}")).Body);
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
    }

    private async Task<string[]> OrderAsync()
        => [.. (await _manager.GetAsync(Policies)).Results.Where(policy => !(bool)policy!["is_default"]!).Select(policy => (string)policy!["id"]!)];

    private async Task<string[]> RulesAsync(string policy)
        => [.. (await _manager.GetAsync($"{Policies}/{policy}")).Object["rules"]!.AsArray().Select(rule => (string)rule!["id"]!)];
}
