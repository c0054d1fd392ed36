using System.Text.Json.Nodes;
using Fabric.Manager.Tests.Policy;

namespace Fabric.Manager.Tests.Realization;

/// <summary>Groups, services and policies as the Manager objects that controllers hear of.</summary>
internal sealed class SecurityRealizationTests
{
    private const string Domain = "/infra/domains/default";
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_group_becomes_an_NSGroup_with_its_conditions_as_criteria_and_its_addresses_as_a_set()
    {
        var group = await MakeAsync($"{Domain}/groups/g", """
            {"display_name":"web","expression":[
                {"resource_type":"Condition","member_type":"SegmentPort","key":"Tag","operator":"EQUALS","value":"app|web"},
                {"resource_type":"ConjunctionOperator","conjunction_operator":"AND"},
                {"resource_type":"Condition","member_type":"SegmentPort","key":"Name","operator":"STARTSWITH","value":"w"},
                {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
                {"resource_type":"IPAddressExpression","ip_addresses":["10.0.0.1"]}]}
            """);
        var realized = (await _manager.GetAsync($"/ns-groups/{group["unique_id"]}")).Object;
        Assert.That((string)realized["display_name"]!, Is.EqualTo("web"));
        Assert.That(realized["membership_criteria"]![0]!["expressions"]!.AsArray().Select(part => $"{part!["resource_type"]} {part["target_type"]} {part["scope"]}{part["target_property"]} {part["tag"]}{part["value"]}"),
            Is.EqualTo(new[] { "NSGroupTagExpression LogicalPort app web", "NSGroupSimpleExpression LogicalPort name w" }));
        var set = (await _manager.GetAsync($"/ip-sets/{realized["members"]![0]!["value"]}")).Object;
        Assert.That((string)set["ip_addresses"]![0]!, Is.EqualTo("10.0.0.1"));

        Assert.That((await _manager.DeleteAsync($"{Domain}/groups/g")).Code, Is.EqualTo(200));
        await _manager.RealizedAsync();
        Assert.That((await _manager.GetAsync($"/ns-groups/{group["unique_id"]}")).Code, Is.EqualTo(404));
        Assert.That((await _manager.GetAsync($"/ip-sets/{set["id"]}")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Policies_become_sections_by_category_and_number_before_those_of_the_Manager_API()
    {
        string own = await _manager.CreateIdAsync("/firewall/sections", Json.Of("""{"section_type":"LAYER3","stateful":true,"display_name":"own"}"""));
        await MakeAsync($"{Domain}/security-policies/late", """{"category":"Application","sequence_number":20,"display_name":"late"}""");
        await MakeAsync($"{Domain}/security-policies/early", """{"category":"Application","sequence_number":10,"display_name":"early"}""");
        await MakeAsync($"{Domain}/security-policies/first", """{"category":"Emergency","sequence_number":99,"display_name":"first"}""");
        await _manager.CreateIdAsync("/firewall/sections?operation=insert_bottom", Json.Of("""{"section_type":"LAYER3","stateful":true,"display_name":"last"}"""));
        var names = (await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results.Select(section => (string)section!["display_name"]!);
        Assert.That(names, Is.EqualTo(new[] { "first", "early", "late", "own", "last", "Default Layer3 Section" }), own);
    }

    [Test]
    public async Task Rules_name_what_groups_and_services_have_become()
    {
        var from = await MakeAsync($"{Domain}/groups/from", "{}");
        var several = await MakeAsync("/infra/services/two", """
            {"service_entries":[{"id":"a","resource_type":"L4PortSetServiceEntry","l4_protocol":"TCP","destination_ports":["1"]},{"id":"b","resource_type":"L4PortSetServiceEntry","l4_protocol":"UDP","destination_ports":["2"]}]}
            """);
        var policy = await MakeAsync($"{Domain}/security-policies/p", $$"""
            {"category":"Application","rules":[
                {"id":"r2","action":"DROP","sequence_number":2,"service_entries":[{"id":"i","resource_type":"ICMPTypeServiceEntry","protocol":"ICMPv4"}],"scope":["{{Domain}}/groups/from"]},
                {"id":"r1","action":"REJECT","sequence_number":1,"source_groups":["{{Domain}}/groups/from","10.1.0.0/16"],"services":["/infra/services/HTTPS","/infra/services/two"],"logged":true,"tag":"t"}]}
            """);
        var rules = (await _manager.GetAsync($"/firewall/sections/{policy["unique_id"]}/rules")).Results;
        Assert.That(rules.Select(rule => (string)rule!["action"]!), Is.EqualTo(new[] { "REJECT", "DROP" }));
        var first = rules[0]!;
        Assert.That(first["sources"]!.AsArray().Select(end => $"{end!["target_type"]} {end["target_id"]}"), Is.EqualTo(new[] { $"NSGroup {from["unique_id"]}", "IPv4Address 10.1.0.0/16" }));
        Assert.That(first["services"]!.AsArray().Select(service => $"{service!["target_type"]} {service["target_display_name"]}"), Is.EqualTo(new[] { "NSService HTTPS", "NSServiceGroup two" }));
        Assert.That((string)first["id"]!, Is.EqualTo($"{(await _manager.GetAsync($"{Domain}/security-policies/p/rules/r1")).Object["rule_id"]}"));
        Assert.That((string)rules[1]!["services"]![0]!["service"]!["resource_type"]!, Is.EqualTo("ICMPTypeNSService"));
        Assert.That((string)rules[1]!["applied_tos"]![0]!["target_id"]!, Is.EqualTo((string)from["unique_id"]!));

        // One entry less, and the service is no group of services any more.
        Assert.That((await _manager.DeleteAsync("/infra/services/two/service-entries/b")).Code, Is.EqualTo(200));
        await _manager.RealizedAsync();
        first = (await _manager.GetAsync($"/firewall/sections/{policy["unique_id"]}/rules")).Results[0]!;
        Assert.That(first["services"]!.AsArray().Select(service => $"{service!["target_type"]} {service["target_id"]}"), Does.Contain($"NSService {several["unique_id"]}"), $"{(await _manager.GetAsync($"/infra/realized-state/realized-entities?intent_path={Domain}/security-policies/p")).Body} {(await _manager.GetAsync("/infra/realized-state/realized-entities?intent_path=/infra/services/two")).Body}");
        Assert.That((await _manager.GetAsync($"/ns-service-groups/{several["unique_id"]}")).Code, Is.EqualTo(404));

        Assert.That((await _manager.DeleteAsync($"{Domain}/security-policies/p")).Code, Is.EqualTo(200));
        await _manager.RealizedAsync();
        Assert.That((await _manager.GetAsync($"/firewall/sections/{policy["unique_id"]}")).Code, Is.EqualTo(404), "the section goes with its rules");
    }

    [Test]
    public async Task A_context_profile_that_nothing_enforces_is_an_error_of_realization()
    {
        await MakeAsync("/infra/context-profiles/c", """{"attributes":[{"key":"APP_ID","datatype":"STRING","value":["SSH"]}]}""");
        await MakeAsync($"{Domain}/security-policies/p", """{"rules":[{"id":"r","profiles":["/infra/context-profiles/c"]}]}""");
        var entity = (await _manager.GetAsync($"/infra/realized-state/realized-entities?intent_path={Domain}/security-policies/p")).Results[0]!;
        Assert.That((string)entity["state"]!, Is.EqualTo("ERROR"));
        Assert.That($"{entity["alarms"]}", Does.Contain("context profile"));
    }

    private async Task<JsonObject> MakeAsync(string path, string body)
    {
        var answer = await _manager.PatchAsync(path, Json.Of(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"{path}: {answer.Body}");
        await _manager.RealizedAsync();
        return (await _manager.GetAsync(path)).Object;
    }
}
