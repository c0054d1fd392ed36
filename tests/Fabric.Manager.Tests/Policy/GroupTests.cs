using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>What groups may be made of.</summary>
internal sealed class GroupTests
{
    private const string Groups = "/infra/domains/default/groups";
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task Every_kind_of_expression_is_kept_with_an_id_and_a_path_of_its_own()
    {
        const string path = $"{Groups}/kinds";
        var patched = await _manager.PatchAsync(path, Group("""
            {"resource_type":"Condition","member_type":"VirtualMachine","key":"Tag","operator":"EQUALS","value":"app|web"},
            {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
            {"resource_type":"NestedExpression","expressions":[
                {"resource_type":"Condition","member_type":"SegmentPort","key":"Tag","operator":"EQUALS","value":"a|b"},
                {"resource_type":"ConjunctionOperator","conjunction_operator":"AND"},
                {"resource_type":"Condition","member_type":"SegmentPort","key":"Tag","operator":"EQUALS","value":"c|d"}]},
            {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
            {"resource_type":"IPAddressExpression","id":"mine","ip_addresses":["10.0.0.1","10.1.0.0/16","10.2.0.1-10.2.0.9"]},
            {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
            {"resource_type":"MACAddressExpression","mac_addresses":["02:00:00:00:00:01"]},
            {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
            {"resource_type":"ExternalIDExpression","member_type":"VirtualMachine","external_ids":["vm-1"]},
            {"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
            {"resource_type":"PathExpression","paths":["/infra/segments/some"]}
            """));
        Assert.That(patched.Code, Is.EqualTo(200), $"{patched.Body}");
        var group = (await _manager.GetAsync(path)).Object;
        var expressions = (JsonArray)group["expression"]!;
        Assert.That(expressions, Has.Count.EqualTo(11));
        Assert.That((string)expressions[4]!["path"]!, Is.EqualTo($"{path}/ip-address-expressions/mine"));
        Assert.That((string)expressions[0]!["parent_path"]!, Is.EqualTo(path));
        Assert.That(expressions.Select(expression => expression!["collection"]), Is.All.Null, "where it stands shows in its path alone");

        await _manager.PatchAsync(path, new JsonObject { ["expression"] = Cleaned(expressions) });
        Assert.That((await _manager.GetAsync(path)).Body!.ToJsonString(), Is.EqualTo(group.ToJsonString()), "the same expressions without ids keep theirs");
    }

    [TestCase("""{"resource_type":"Condition","member_type":"VirtualMachine","key":"Tag","value":"a|b"},{"resource_type":"Condition","member_type":"VirtualMachine","key":"Tag","value":"a|c"}""", "odd number")]
    [TestCase("""{"resource_type":"ConjunctionOperator","conjunction_operator":"OR"}""", "expression[0] must not be a ConjunctionOperator")]
    [TestCase("""{"resource_type":"Condition","member_type":"Segment","key":"OSName","value":"x"}""", "key 'OSName'")]
    [TestCase("""{"resource_type":"Condition","member_type":"Segment","key":"Tag","value":"|"}""", "value may not be empty")]
    [TestCase("""{"resource_type":"Condition","member_type":"Cloud","key":"Tag","value":"x"}""", "member_type 'Cloud'")]
    [TestCase("""{"resource_type":"Condition","member_type":"Segment","key":"Tag","value":"a|b"},{"resource_type":"ConjunctionOperator","conjunction_operator":"AND"},{"resource_type":"Condition","member_type":"VirtualMachine","key":"Tag","value":"a|b"}""", "same member_type")]
    [TestCase("""{"resource_type":"IPAddressExpression","ip_addresses":["10.0.0.1"]},{"resource_type":"ConjunctionOperator","conjunction_operator":"AND"},{"resource_type":"IPAddressExpression","ip_addresses":["10.0.0.2"]}""", "can only be joined by OR")]
    [TestCase("""{"resource_type":"IPAddressExpression","ip_addresses":["10.0.0.300"]}""", "10.0.0.300")]
    [TestCase("""{"resource_type":"NestedExpression","expressions":[{"resource_type":"NestedExpression","expressions":[{"resource_type":"Condition","member_type":"Segment","key":"Tag","value":"a|b"}]}]}""", "cannot hold another")]
    [TestCase("""{"resource_type":"Somewhere"}""", "Somewhere")]
    public async Task What_does_not_go_together_is_refused(string expressions, string named)
    {
        var answer = await _manager.PatchAsync($"{Groups}/wrong", Group(expressions));
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, 255)), $"{answer.Body}");
        Assert.That(answer.Message, Does.Contain(named));
        Assert.That((await _manager.GetAsync($"{Groups}/wrong")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task More_than_five_conditions_are_refused()
    {
        const string or = """,{"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},""";
        string six = string.Join(or, Enumerable.Range(0, 6)
            .Select(number => $$"""{"resource_type":"Condition","member_type":"Segment","key":"Tag","value":"n|{{number}}"}"""));
        var answer = await _manager.PatchAsync($"{Groups}/six", Group(six));
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, 255)), $"{answer.Body}");
        Assert.That(answer.Message, Does.Contain("at most 5"));
    }

    private static JsonObject Group(string expressions) => new() { ["expression"] = JsonNode.Parse($"[{expressions}]") };

    private static JsonArray Cleaned(JsonArray expressions)
    {
        var copy = (JsonArray)expressions.DeepClone();
        foreach (var expression in copy.Concat((JsonArray)copy[2]!["expressions"]!))
        {
            expression!.AsObject().Remove("id");
        }

        copy[4]!["id"] = "mine";
        return copy;
    }
}
