using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

internal sealed class FirewallTests
{
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task The_default_sections_allow_everything_and_cannot_go()
    {
        var sections = (await _manager.GetAsync("/firewall/sections")).Results;
        Assert.That(sections.Select(section => (string)section!["section_type"]!), Is.EqualTo(new[] { "LAYER2", "LAYER3" }));
        foreach (var (section, id) in sections.Zip(["1", "2"]))
        {
            var rules = (await _manager.GetAsync($"/firewall/sections/{section!["id"]}/rules")).Results;
            Assert.That(((string)rules.Single()!["id"]!, (string)rules[0]!["action"]!, (bool)rules[0]!["is_default"]!), Is.EqualTo((id, "ALLOW", true)));
            Assert.That((await _manager.DeleteAsync($"/firewall/sections/{section["id"]}?cascade=true")).Code, Is.EqualTo(400));
            Assert.That((await _manager.DeleteAsync($"/firewall/sections/{section["id"]}/rules/{id}")).Code, Is.EqualTo(400));
        }
    }

    [Test]
    public async Task The_default_rule_can_be_changed_to_drop()
    {
        string section = await DefaultSectionAsync();
        var rule = (await _manager.GetAsync($"/firewall/sections/{section}/rules/2")).Object;
        rule["action"] = "DROP";
        rule["logged"] = true;
        var changed = await _manager.PutAsync($"/firewall/sections/{section}/rules/2", rule);
        Assert.That((changed.Code, (string)changed.Body!["action"]!, (bool)changed.Body["is_default"]!), Is.EqualTo((200, "DROP", true)), $"{changed.Body}");
    }

    [Test]
    public async Task Sections_stand_in_the_order_asked_for()
    {
        string first = await SectionAsync("first", "?operation=insert_top");
        await SectionAsync("top", "");
        await SectionAsync("bottom", "?operation=insert_bottom");
        await SectionAsync("before", $"?operation=insert_before&id={first}");
        await SectionAsync("after", $"?operation=insert_after&id={first}");
        Assert.That(await NamesAsync(), Is.EqualTo(new[] { "top", "before", "first", "after", "bottom", "Default Layer3 Section" }));
        string bottom = await SectionAsync("x", $"?operation=insert_before&id={await DefaultSectionAsync()}");
        Assert.That((await NamesAsync())[^2], Is.EqualTo("x"));

        var moved = (await _manager.GetAsync($"/firewall/sections/{bottom}")).Object;
        var answer = await _manager.PostAsync($"/firewall/sections/{bottom}?action=revise&operation=insert_top", moved);
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        Assert.That((await NamesAsync())[0], Is.EqualTo("x"));
        answer = await _manager.PostAsync($"/firewall/sections?operation=insert_after&id={await DefaultSectionAsync()}", CatalogCase.Json("""{"section_type":"LAYER3","stateful":true}"""));
        Assert.That(answer.Code, Is.EqualTo(400));
    }

    [Test]
    public async Task Inserting_between_the_same_two_never_runs_out_of_room()
    {
        string anchor = await SectionAsync("anchor", "");
        for (int i = 0; i < 40; i++)
        {
            await SectionAsync($"{i}", $"?operation=insert_before&id={anchor}");
        }

        Assert.That(await NamesAsync(), Is.EqualTo((string[])[.. Enumerable.Range(0, 40).Select(i => $"{i}"), "anchor", "Default Layer3 Section"]));
    }

    [Test]
    public async Task Rules_get_ids_above_1000_that_are_never_used_twice()
    {
        var section = await _manager.CreateAsync("/firewall/sections?action=create_with_rules", CatalogCase.Json("""
            {"section_type":"LAYER3","stateful":true,"display_name":"s","rules":[{"display_name":"a","action":"DROP"},{"display_name":"b","action":"ALLOW"}]}
            """));
        var ids = ((JsonArray)section["rules"]!).Select(rule => int.Parse((string)rule!["id"]!)).ToList();
        Assert.That(ids, Is.EqualTo(new[] { 1001, 1002 }));
        Assert.That((int)section["rule_count"]!, Is.EqualTo(2));
        string path = $"/firewall/sections/{section["id"]}";
        Assert.That((await _manager.DeleteAsync($"{path}/rules/1002")).Code, Is.EqualTo(200));
        var added = await _manager.PostAsync($"{path}/rules?operation=insert_before&id=1001", CatalogCase.Json("""{"action":"REJECT","_revision":1}"""));
        Assert.That((added.Code, (string)added.Body!["id"]!, (long)added.Body["_revision"]!, (long)added.Body["priority"]!), Is.EqualTo((200, "1003", 2L, 1L)), $"{added.Body}");
        var stale = await _manager.PostAsync($"{path}/rules", CatalogCase.Json("""{"action":"ALLOW","_revision":1}"""));
        Assert.That(stale.Code, Is.EqualTo(412));
        var several = await _manager.PostAsync($"{path}/rules?action=create_multiple&operation=insert_bottom", CatalogCase.Json("""{"rules":[{"action":"ALLOW"},{"action":"DROP"}]}"""));
        Assert.That(((JsonArray)several.Body!["rules"]!).Select(rule => (string)rule!["id"]!), Is.EqualTo(new[] { "1004", "1005" }));
        Assert.That(await RuleIdsAsync(path), Is.EqualTo(new[] { "1003", "1001", "1004", "1005" }));

        var with = await _manager.PostAsync($"{path}?action=list_with_rules");
        var rules = (JsonArray)with.Body!["rules"]!;
        rules.RemoveAt(1);
        rules.Insert(0, CatalogCase.Json("""{"action":"ALLOW","display_name":"new"}"""));
        var updated = await _manager.PostAsync($"{path}?action=update_with_rules", with.Object);
        Assert.That(updated.Code, Is.EqualTo(200), $"{updated.Body}");
        Assert.That(await RuleIdsAsync(path), Is.EqualTo(new[] { "1006", "1003", "1004", "1005" }));
        Assert.That((await _manager.PostAsync($"{path}?action=update_with_rules", with.Object)).Code, Is.EqualTo(412));
    }

    [Test]
    public async Task A_section_with_rules_goes_only_with_cascade()
    {
        var section = await _manager.CreateAsync("/firewall/sections?action=create_with_rules", CatalogCase.Json("""{"section_type":"LAYER3","stateful":true,"rules":[{"action":"DROP"}]}"""));
        Assert.That((await _manager.DeleteAsync($"/firewall/sections/{section["id"]}")).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/firewall/sections/{section["id"]}?cascade=true")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task A_group_that_a_rule_names_cannot_go_unless_forced_and_the_rule_then_says_so()
    {
        string group = await _manager.CreateIdAsync("/ns-groups", CatalogCase.Json("""{"display_name":"web"}"""));
        var section = await _manager.CreateAsync("/firewall/sections?action=create_with_rules", CatalogCase.Json($$"""
            {"section_type":"LAYER3","stateful":true,"rules":[{"action":"DROP","sources":[{"target_type":"NSGroup","target_id":"{{group}}"}]}]}
            """));
        Assert.That((string)section["rules"]![0]!["sources"]![0]!["target_display_name"]!, Is.EqualTo("web"));
        var refused = await _manager.DeleteAsync($"/ns-groups/{group}");
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 606)));
        Assert.That(refused.Message, Does.Contain($"FirewallSection/{section["id"]}"));
        Assert.That((await _manager.DeleteAsync($"/ns-groups/{group}?force=true")).Code, Is.EqualTo(200));
        var rules = (await _manager.GetAsync($"/firewall/sections/{section["id"]}/rules")).Results;
        Assert.That((bool)rules[0]!["sources"]![0]!["is_valid"]!, Is.False);
    }

    [TestCase("""{"action":"DROP","sources":[{"target_type":"IPv4Address","target_id":"10.0.0.256"}]}""", "sources[0].target_id")]
    [TestCase("""{"action":"DROP","sources":[{"target_type":"Planet","target_id":"x"}]}""", "sources[0].target_type")]
    [TestCase("""{"action":"DROP","services":[{"service":{"resource_type":"EtherTypeNSService","ether_type":2054}}]}""", "services")]
    [TestCase("""{"action":"DROP","services":[{"service":{"resource_type":"L4PortSetNSService"}}]}""", "l4_protocol")]
    [TestCase("""{"action":"EXPLODE"}""", "action")]
    [TestCase("""{"direction":"IN"}""", "action")]
    public async Task A_rule_that_could_not_work_is_refused(string rule, string named)
    {
        string section = await SectionAsync("s", "");
        var answer = await _manager.PostAsync($"/firewall/sections/{section}/rules", CatalogCase.Json(rule));
        Assert.That(answer.Code, Is.EqualTo(400));
        Assert.That(answer.Message, Does.Contain(named));
    }

    [Test]
    public async Task The_exclude_list_takes_and_gives_members()
    {
        string group = await _manager.CreateIdAsync("/ns-groups", []);
        Assert.That((await _manager.PostAsync("/firewall/excludelist?action=add_member", CatalogCase.Json($$"""{"target_type":"NSGroup","target_id":"{{group}}"}"""))).Code, Is.EqualTo(200));
        Assert.That((int)(await _manager.GetAsync("/firewall/excludelist")).Body!["member_count"]!, Is.EqualTo(1));
        Assert.That((await _manager.DeleteAsync($"/ns-groups/{group}")).Code, Is.EqualTo(400));
        Assert.That((await _manager.PostAsync($"/firewall/excludelist?action=remove_member&object_id={group}&object_type=NSGroup")).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync($"/ns-groups/{group}")).Code, Is.EqualTo(200));
    }

    private Task<string> SectionAsync(string name, string query)
        => _manager.CreateIdAsync($"/firewall/sections{query}", CatalogCase.Json($$"""{"section_type":"LAYER3","stateful":true,"display_name":"{{name}}"}"""));

    private async Task<string> DefaultSectionAsync() => (string)(await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results[^1]!["id"]!;

    private async Task<string[]> NamesAsync() => [.. (await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results.Select(section => (string)section!["display_name"]!)];

    private async Task<string[]> RuleIdsAsync(string path) => [.. (await _manager.GetAsync($"{path}/rules")).Results.Select(rule => (string)rule!["id"]!)];
}
