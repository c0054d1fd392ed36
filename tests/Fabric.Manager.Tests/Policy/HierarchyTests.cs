using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Requests that carry a whole part of the tree.</summary>
internal sealed class HierarchyTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task The_order_in_the_body_means_nothing()
    {
        await PatchesAsync("/infra", """
            {"resource_type":"Infra","children":[
              {"resource_type":"ChildSegment","Segment":{"id":"web","resource_type":"Segment","connectivity_path":"/infra/tier-1s/order-t1","subnets":[{"gateway_address":"10.8.0.1/24"}],"children":[
                {"resource_type":"ChildSegmentQoSProfileBindingMap","SegmentQoSProfileBindingMap":{"id":"q","resource_type":"SegmentQoSProfileBindingMap","qos_profile_path":"/infra/qos-profiles/slow"} } ] } },
              {"resource_type":"ChildQoSProfile","QoSProfile":{"id":"slow","resource_type":"QoSProfile"} },
              {"resource_type":"ChildTier1","Tier1":{"id":"order-t1","resource_type":"Tier1"} } ] }
            """);
        Assert.That((string)(await _manager.GetAsync("/infra/segments/web")).Object["connectivity_path"]!, Is.EqualTo("/infra/tier-1s/order-t1"));
        var binding = (await _manager.GetAsync("/infra/segments/web/segment-qos-profile-binding-maps/q")).Object;
        Assert.That((string)binding["resource_type"]!, Is.EqualTo("SegmentQoSProfileBindingMap"));
    }

    [Test]
    public async Task One_part_that_is_refused_leaves_nothing_of_the_others()
    {
        string before = Tree;
        var refused = await _manager.PatchAsync("/infra", Json("""
            {"resource_type":"Infra","children":[
              {"resource_type":"ChildDomain","Domain":{"id":"part-d","resource_type":"Domain"} },
              {"resource_type":"ChildTier1","Tier1":{"id":"part-t1","resource_type":"Tier1","tier0_path":"/infra/tier-0s/none"} } ] }
            """));
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 500012)), $"{refused.Body}");
        Assert.That(refused.Message, Is.EqualTo("The path=[/infra/tier-0s/none] is invalid"));
        var unread = await _manager.PatchAsync("/infra", Json("""
            {"resource_type":"Infra","children":[
              {"resource_type":"ChildDomain","Domain":{"id":"part-d","resource_type":"Domain"} },
              {"resource_type":"ChildTier1","Tier1":{"id":"part-t1","resource_type":"Tier1","colour":"blue"} } ] }
            """));
        Assert.That((unread.Code, unread.ErrorCode, (string)unread.Body!["details"]!), Is.EqualTo((400, 287, "path=[/infra/tier-1s/part-t1]")));
        Assert.That((await _manager.GetAsync("/infra/domains/part-d")).Code, Is.EqualTo(404));
        Assert.That(Tree, Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_marked_for_delete_goes_with_all_below_it_while_others_are_written()
    {
        await PatchesAsync("/infra/domains/s", "{}");
        await PatchesAsync("/infra/domains/s/groups/e", "{}");
        await PatchesAsync("/infra/tier-1s/t1", "{}");
        await PatchesAsync("/infra/segments/gone", """{"connectivity_path":"/infra/tier-1s/t1","subnets":[{"gateway_address":"10.7.0.1/24"}]}""");

        var named = await _manager.PatchAsync("/infra", Json("""{"children":[{"resource_type":"ChildTier1","marked_for_delete":true,"Tier1":{"id":"t1","resource_type":"Tier1"} } ] }"""));
        Assert.That((named.Code, named.ErrorCode), Is.EqualTo((400, 500030)));
        Assert.That(named.Message, Does.Contain("path=[/infra/tier-1s/t1]").And.Contain("path=[/infra/segments/gone]"));

        await PatchesAsync("/infra", """
            {"children":[
              {"resource_type":"ChildTier1","marked_for_delete":true,"Tier1":{"id":"t1","resource_type":"Tier1"} },
              {"resource_type":"ChildDomain","Domain":{"id":"s","resource_type":"Domain","marked_for_delete":true} },
              {"resource_type":"ChildDomain","Domain":{"id":"kept","resource_type":"Domain"} },
              {"resource_type":"ChildSegment","marked_for_delete":true,"Segment":{"id":"gone","resource_type":"Segment"} } ] }
            """);
        foreach (string gone in new[] { "/infra/tier-1s/t1", "/infra/segments/gone", "/infra/domains/s", "/infra/domains/s/groups/e" })
        {
            Assert.That((await _manager.GetAsync(gone)).Code, Is.EqualTo(404), gone);
        }

        Assert.That((await _manager.GetAsync("/infra/domains/kept")).Code, Is.EqualTo(200));
        string before = Tree;
        await PatchesAsync("/infra", """{"children":[{"resource_type":"ChildDomain","marked_for_delete":true,"Domain":{"id":"s","resource_type":"Domain"} } ] }""");
        Assert.That(Tree, Is.EqualTo(before), "deleting what is not there is nothing");
    }

    [Test]
    public async Task A_reference_leads_to_children_and_touches_nothing_on_the_way()
    {
        var before = (await _manager.GetAsync("/infra/domains/default")).Body!.ToJsonString();
        await PatchesAsync("/infra", """
            {"children":[{"resource_type":"ChildResourceReference","id":"default","target_type":"Domain","children":[
              {"resource_type":"ChildGroup","Group":{"id":"ref-g","resource_type":"Group"} } ] } ] }
            """);
        Assert.That((await _manager.GetAsync("/infra/domains/default/groups/ref-g")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/infra/domains/default")).Body!.ToJsonString(), Is.EqualTo(before));
        var nowhere = await _manager.PatchAsync("/infra", Json("""
            {"children":[{"resource_type":"ChildResourceReference","id":"none","target_type":"Domain","children":[{"resource_type":"ChildGroup","Group":{"id":"ref-g","resource_type":"Group"} } ] } ] }
            """));
        Assert.That((nowhere.ErrorCode, nowhere.Message), Is.EqualTo((500012, "The path=[/infra/domains/none] is invalid")));
    }

    [TestCase("""{"children":[{"resource_type":"ChildTeapot","Teapot":{"id":"g"} } ] }""", "ChildTeapot")]
    [TestCase("""{"children":[{"resource_type":"ChildDomain"}]}""", "Domain")]
    [TestCase("""{"children":[{"resource_type":"ChildDomain","Domain":{"display_name":"no id"} } ] }""", "id")]
    [TestCase("""{"children":[{"Domain":{"id":"d"} } ] }""", "resource_type")]
    [TestCase("""{"children":[7]}""", "children")]
    [TestCase("""{"children":{"resource_type":"ChildDomain"} }""", "children")]
    [TestCase("""{"children":[{"resource_type":"ChildResourceReference","id":"default","target_type":"Teapot"}]}""", "Teapot")]
    [TestCase("""{"children":[{"resource_type":"ChildDomain","Domain":{"id":"d","resource_type":"Group"} } ] }""", "Domain")]
    public async Task A_wrapper_that_makes_no_sense_is_refused_by_name(string body, string named)
    {
        var refused = await _manager.PatchAsync("/infra", Json(body));
        Assert.That(refused.Code, Is.EqualTo(400));
        Assert.That(refused.Message, Does.Contain(named));
    }

    [Test]
    public async Task The_root_of_roots_reaches_projects()
    {
        await PatchesAsync("/org-root", """
            {"resource_type":"OrgRoot","children":[{"resource_type":"ChildResourceReference","id":"default","target_type":"Org","children":[
              {"resource_type":"ChildProject","Project":{"id":"root-p","resource_type":"Project","children":[
                {"resource_type":"ChildInfra","Infra":{"resource_type":"Infra","children":[{"resource_type":"ChildDomain","Domain":{"id":"d","resource_type":"Domain"} } ] } } ] } } ] } ] }
            """);
        Assert.That((await _manager.GetAsync("/orgs/default/projects/root-p/infra/domains/d")).Code, Is.EqualTo(200));
        await PatchesAsync("/orgs/default/projects/root-p/infra", """{"children":[{"resource_type":"ChildDomain","marked_for_delete":true,"Domain":{"id":"d","resource_type":"Domain"} } ] }""");
        Assert.That((await _manager.GetAsync("/orgs/default/projects/root-p/infra/domains/d")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Each_part_needs_the_role_that_it_would_need_alone()
    {
        var writer = _manager.Services.GetRequiredService<PolicyWriter>();
        var engineer = new Caller("sec", ["security_engineer"]);
        var infra = PolicyTree.Find("/infra")!;
        var refused = await writer.WriteAsync(engineer, infra, Json("""{"children":[{"resource_type":"ChildTier1","Tier1":{"id":"role-t1","resource_type":"Tier1"} } ] }"""), PolicyWriteMode.Patch, false, default);
        Assert.That((refused as WriteOutcome.Refused)?.Error.Status, Is.EqualTo(403));
        const string Group = """{"children":[{"resource_type":"ChildResourceReference","id":"default","target_type":"Domain","children":[{"resource_type":"ChildGroup","Group":{"id":"role-g","resource_type":"Group"} } ] } ] }""";
        Assert.That(await writer.WriteAsync(engineer, infra, Json(Group), PolicyWriteMode.Patch, false, default), Is.InstanceOf<WriteOutcome.Stored>());
        var reader = new Caller("eve", ["auditor"]);
        var removed = await writer.WriteAsync(reader, infra, Json(Group.Replace("\"ChildGroup\"", "\"ChildGroup\",\"marked_for_delete\":true", StringComparison.Ordinal)), PolicyWriteMode.Patch, false, default);
        Assert.That((removed as WriteOutcome.Refused)?.Error.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Revisions_count_only_when_the_request_says_so()
    {
        await PatchesAsync("/infra/domains/rev", "{}");
        await PatchesAsync("/infra/domains/rev", """{"description":"one"}""");
        const string Stale = """{"children":[{"resource_type":"ChildDomain","Domain":{"id":"rev","resource_type":"Domain","description":"two","_revision":0} } ] }""";
        var refused = await _manager.PatchAsync("/infra?enforce_revision_check=true", Json(Stale));
        Assert.That(refused.Code, Is.EqualTo(412));
        await PatchesAsync("/infra", Stale);
        Assert.That((string)(await _manager.GetAsync("/infra/domains/rev")).Object["description"]!, Is.EqualTo("two"));
    }

    [Test]
    public async Task What_is_read_as_a_hierarchy_can_be_written_back_and_changes_nothing()
    {
        await PatchesAsync("/infra/tier-1s/back-t1", "{}");
        await PatchesAsync("/infra/domains/default/security-policies/p", """{"category":"Application","rules":[{"id":"r","resource_type":"Rule","action":"ALLOW","source_groups":["ANY"],"destination_groups":["ANY"],"services":["ANY"],"scope":["ANY"]}]}""");
        var read = await _manager.GetAsync("/infra?filter=Type-");
        Assert.That(read.Code, Is.EqualTo(200));
        string text = read.Body!.ToJsonString();
        Assert.That(text, Does.Contain("ChildTier1").And.Contain("ChildSecurityPolicy").And.Contain("ChildRule").And.Contain("ChildService\""));
        string before = Tree;
        var written = await _manager.PatchAsync("/infra", read.Body);
        Assert.That(written.Code, Is.EqualTo(200), $"{written.Body}");
        Assert.That(Tree, Is.EqualTo(before));
    }

    [Test]
    public async Task A_filter_shows_the_types_it_names_and_the_way_to_them()
    {
        await PatchesAsync("/infra/domains/default/groups/g", "{}");
        await PatchesAsync("/infra/domains/d2", "{}");
        var groups = (await _manager.GetAsync("/infra?type_filter=Group")).Object["children"]!.AsArray();
        Assert.That(groups.Select(child => (string)child!["resource_type"]!).Distinct(), Is.EqualTo(new[] { "ChildResourceReference" }));
        Assert.That(groups.ToJsonString(), Does.Contain("\"id\":\"g\""));
        var both = (await _manager.GetAsync("/infra?filter=Type-Domain%7CGroup")).Object["children"]!.AsArray();
        Assert.That(both.Select(child => (string)child!["Domain"]!["id"]!), Does.Contain("d2").And.Contain("default"));
        var one = (await _manager.GetAsync("/infra?base_path=/infra/domains/d2")).Object["children"]!.AsArray();
        Assert.That(one.Select(child => (string)child!["Domain"]!["id"]!), Is.EqualTo(["d2"]));
        Assert.That((await _manager.GetAsync("/infra")).Object.ContainsKey("children"), Is.False);
    }

    [Test]
    public async Task A_put_of_the_root_takes_its_revision_and_replaces_what_it_names()
    {
        await PatchesAsync("/infra/domains/put", """{"description":"old"}""");
        var body = Json("""{"children":[{"resource_type":"ChildDomain","Domain":{"id":"put","resource_type":"Domain"} } ] }""");
        var blind = await _manager.PutAsync("/infra", body.DeepClone());
        Assert.That((blind.Code, blind.ErrorCode), Is.EqualTo((400, 500127)));
        body["_revision"] = (await _manager.GetAsync("/infra")).Object["_revision"]!.DeepClone();
        Assert.That((await _manager.PutAsync("/infra", body)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/infra/domains/put")).Object["description"], Is.Null);
        Assert.That((await _manager.GetAsync("/infra/domains/default")).Code, Is.EqualTo(200), "what it does not name stays");
    }

    [Test]
    public async Task Ten_thousand_children_in_one_request_take_seconds()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var groups = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => (JsonNode)new JsonObject
        {
            ["resource_type"] = "ChildGroup",
            ["Group"] = new JsonObject { ["id"] = $"g{i}", ["resource_type"] = "Group", ["display_name"] = $"Group {i}" },
        })]);
        var body = new JsonObject
        {
            ["children"] = new JsonArray(new JsonObject
            {
                ["resource_type"] = "ChildResourceReference", ["id"] = "default", ["target_type"] = "Domain", ["children"] = groups,
            }),
        };
        long start = TimeProvider.System.GetTimestamp();
        var answer = await manager.PatchAsync("/infra", body);
        var took = TimeProvider.System.GetElapsedTime(start);
        TestContext.Out.WriteLine($"10,000 groups in {took.TotalSeconds:F1} s");
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(30)));
        Assert.That((int)(await manager.GetAsync("/infra/domains/default/groups?page_size=1")).Body!["result_count"]!, Is.EqualTo(10_000));
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    /// <summary>Every object of the tree with its revision. (Not the sequence of the store: Manager objects follow in their own time.)</summary>
    private string Tree => string.Join("\n", _manager.Services.GetRequiredService<ResourceStore>().Current.Everything.OfType<PolicyResource>()
        .Select(item => $"{item.Path} {item.Revision}").Order(StringComparer.Ordinal));

    private async Task PatchesAsync(string path, string body)
    {
        var answer = await _manager.PatchAsync(path, Json(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"PATCH {path}: {answer.Body}");
    }
}
