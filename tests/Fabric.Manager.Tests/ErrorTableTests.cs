using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Manager.Tests;

/// <summary>Every code of the error tables is what some request is answered with: here, or in the fixture of what it is about.</summary>
internal sealed partial class ErrorTableTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_method_that_a_path_does_not_take_is_601()
        => Expect(await _manager.PatchAsync("/ip-sets/x", new JsonObject()), 405, 601);

    [Test]
    public async Task A_body_that_is_too_large_is_284_and_one_that_is_no_JSON_is_285()
    {
        Expect(await SendAsync("{\"description\":\"" + new string('x', 17 * 1024 * 1024) + "\"}", "application/json"), 413, 284);
        Expect(await SendAsync("<a/>", "application/xml"), 415, 285);
    }

    [Test]
    public async Task An_id_that_is_taken_is_605_and_another_type_for_the_same_object_610()
    {
        await _manager.CreateAsync("/ip-sets", new JsonObject { ["id"] = "twice" });
        Expect(await _manager.PostAsync("/ip-sets", new JsonObject { ["id"] = "twice" }), 409, 605);
        var profile = await _manager.CreateAsync("/switching-profiles", new JsonObject { ["resource_type"] = "MacManagementSwitchingProfile" });
        var other = new JsonObject { ["resource_type"] = "SwitchSecuritySwitchingProfile", ["_revision"] = 0 };
        Expect(await _manager.PutAsync($"/switching-profiles/{profile["id"]}", other), 400, 610);
    }

    [Test]
    public async Task Users_and_roles_that_are_not_there_are_36218_and_36500_and_a_bad_password_36220()
    {
        Expect(await _manager.GetAsync("/node/users/4711"), 404, 36218);
        Expect(await _manager.PostAsync("/node/users?action=create_user", new JsonObject { ["username"] = "short", ["full_name"] = "s", ["password"] = "x" }), 400, 36220);
        var binding = new JsonObject { ["name"] = "audit", ["type"] = "local_user", ["roles"] = new JsonArray(new JsonObject { ["role"] = "king" }) };
        Expect(await _manager.PostAsync("/aaa/role-bindings", binding), 400, 36500);
    }

    [Test]
    public async Task A_certificate_that_cannot_be_read_is_2021()
        => Expect(await _manager.PostAsync("/trust-management/certificates?action=import", new JsonObject { ["pem_encoded"] = "nonsense" }), 400, 2021);

    [Test]
    public async Task An_address_that_was_not_allocated_is_5114()
    {
        var subnet = new JsonObject { ["cidr"] = "10.9.0.0/24", ["allocation_ranges"] = new JsonArray(new JsonObject { ["start"] = "10.9.0.10", ["end"] = "10.9.0.20" }) };
        string pool = await _manager.CreateIdAsync("/pools/ip-pools", new JsonObject { ["display_name"] = "p", ["subnets"] = new JsonArray(subnet) });
        Expect(await _manager.PostAsync($"/pools/ip-pools/{pool}?action=RELEASE", new JsonObject { ["allocation_id"] = "10.9.0.15" }), 400, 5114);
    }

    [Test]
    public async Task Without_VNI_pools_a_switch_is_8203()
    {
        await using var bare = await RunningManager.StartAsync("none");
        string zone = await bare.CreateIdAsync("/transport-zones", new JsonObject { ["transport_type"] = "OVERLAY", ["host_switch_name"] = "hs" });
        Expect(await bare.PostAsync("/logical-switches", new JsonObject { ["transport_zone_id"] = zone, ["admin_state"] = "UP", ["replication_mode"] = "MTEP" }), 400, 8203);
    }

    [Test]
    public async Task A_VLAN_switch_has_no_tunnel_table_and_a_port_that_no_host_has_no_statistics()
    {
        string vlan = (string)(await _manager.GetAsync("/transport-zones?transport_type=VLAN")).Results[0]!["id"]!;
        string logical = await _manager.CreateIdAsync("/logical-switches", new JsonObject { ["transport_zone_id"] = vlan, ["admin_state"] = "UP", ["vlan"] = 7 });
        Expect(await _manager.GetAsync($"/logical-switches/{logical}/vtep-table"), 400, 8300);
        string port = await _manager.CreateIdAsync("/logical-ports", new JsonObject { ["logical_switch_id"] = logical, ["admin_state"] = "UP" });
        Expect(await _manager.GetAsync($"/logical-ports/{port}/statistics"), 400, 8420);
    }

    [Test]
    public async Task A_second_route_to_the_same_network_is_8700()
    {
        string router = await _manager.CreateIdAsync("/logical-routers", new JsonObject { ["router_type"] = "TIER1" });
        var route = new JsonObject { ["network"] = "10.50.0.0/16", ["next_hops"] = new JsonArray(new JsonObject { ["ip_address"] = "10.1.1.1" }) };
        string routes = $"/logical-routers/{router}/routing/static-routes";
        Assert.That((await _manager.PostAsync(routes, route.DeepClone())).Code, Is.EqualTo(200));
        Expect(await _manager.PostAsync(routes, route), 400, 8700);
    }

    [Test]
    public async Task The_default_section_stays_100012_with_its_scope_100001_and_one_with_rules_needs_cascade_100013()
    {
        var standing = (await _manager.GetAsync("/firewall/sections?type=LAYER3")).Results.Single(section => (bool)section!["is_default"]!)!;
        Expect(await _manager.DeleteAsync($"/firewall/sections/{standing["id"]}"), 400, 100012);
        var narrowed = (JsonObject)standing.DeepClone();
        narrowed["applied_tos"] = new JsonArray(new JsonObject { ["target_type"] = "LogicalSwitch", ["target_id"] = await SwitchAsync() });
        Expect(await _manager.PutAsync($"/firewall/sections/{standing["id"]}", narrowed), 400, 100001);
        var filled = new JsonObject
        {
            ["display_name"] = "filled", ["section_type"] = "LAYER3", ["stateful"] = true,
            ["rules"] = new JsonArray(new JsonObject { ["display_name"] = "r", ["action"] = "DROP" }),
        };
        string section = await _manager.CreateIdAsync("/firewall/sections?action=create_with_rules", filled);
        Expect(await _manager.DeleteAsync($"/firewall/sections/{section}"), 400, 100013);
    }

    [Test]
    public async Task A_section_that_another_user_locked_is_100082()
    {
        string section = await _manager.CreateIdAsync("/firewall/sections", new JsonObject { ["section_type"] = "LAYER3", ["stateful"] = true });
        var locked = await _manager.PostAsync($"/firewall/sections/{section}?action=lock", new JsonObject { ["comments"] = "mine", ["section_revision"] = 0 });
        Assert.That(locked.Code, Is.EqualTo(200), $"{locked.Body}");
        var made = await _manager.PostAsync("/node/users?action=create_user", new JsonObject { ["username"] = "second", ["full_name"] = "Second", ["password"] = "Another-Pass1word!" });
        Assert.That(made.Code, Is.AnyOf(200, 201), $"{made.Body}");
        var binding = (await _manager.GetAsync("/aaa/role-bindings")).Results.Single(each => (string)each!["name"]! == "second")!.AsObject();
        binding["roles"] = new JsonArray(new JsonObject { ["role"] = "enterprise_admin" });
        Assert.That((await _manager.PutAsync($"/aaa/role-bindings/{binding["id"]}", binding.DeepClone())).Code, Is.EqualTo(200));
        using var second = _manager.NewClient("Another-Pass1word!", "second");
        using var response = await second.DeleteAsync($"/api/v1/firewall/sections/{section}");
        string text = await response.Content.ReadAsStringAsync();
        Expect(new Answer(response.StatusCode, JsonNode.Parse(text)), 400, 100082);
    }

    [Test]
    public async Task A_search_page_that_is_too_large_is_60576()
    {
        string longest = new('x', 256);
        for (int i = 0; i < 10; i++)
        {
            var children = Enumerable.Range(i * 100, 100).Select(n => (JsonNode)new JsonObject
            {
                ["resource_type"] = "ChildService",
                ["Service"] = new JsonObject
                {
                    ["resource_type"] = "Service", ["id"] = $"long-{n}",
                    ["tags"] = new JsonArray([.. Enumerable.Range(0, 30).Select(t => (JsonNode)new JsonObject { ["scope"] = $"{t:D128}", ["tag"] = longest })]),
                },
            });
            var answer = await _manager.PatchAsync("/infra", new JsonObject { ["resource_type"] = "Infra", ["children"] = new JsonArray([.. children]) });
            Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        }

        Expect(await _manager.GetAsync("/policy/api/v1/search/query?query=resource_type:Service%20AND%20id:long-*&page_size=1000"), 503, 60576);
    }

    [TestCase("search-indexing", 60508)]
    [TestCase("search-timeout", 60514)]
    [TestCase("search-out-of-sync", 60515)]
    public async Task A_search_that_cannot_answer_now_says_why(string fault, int code)
    {
        using var ordered = await _manager.Client.PostAsync("/fabric/v1/faults", new StringContent($$"""{"name":"{{fault}}","count":1}""", Encoding.UTF8, "application/json"));
        Assert.That(ordered.IsSuccessStatusCode, await ordered.Content.ReadAsStringAsync());
        Expect(await _manager.GetAsync("/policy/api/v1/search/query?query=resource_type:Segment"), 400, code);
    }

    [Test]
    public async Task A_fixed_segment_is_connected_to_its_own_gateway_only_503000()
    {
        await _manager.PutAsync("/infra/tier-1s/own", new JsonObject());
        await _manager.PutAsync("/infra/tier-1s/other", new JsonObject());
        Expect(await _manager.PutAsync("/infra/tier-1s/own/segments/fixed", new JsonObject { ["connectivity_path"] = "/infra/tier-1s/other" }), 400, 503000);
    }

    [Test]
    public async Task A_segment_without_any_transport_zone_is_not_realized_500042()
    {
        await using var bare = await RunningManager.StartAsync("none");
        Assert.That((await bare.PutAsync("/infra/segments/homeless", new JsonObject())).Code, Is.EqualTo(200));
        await bare.RealizedAsync();
        var entities = await bare.GetAsync("/infra/realized-state/realized-entities?intent_path=/infra/segments/homeless");
        Assert.That(entities.Results.ToString(), Does.Contain("500042").And.Contains("no transport zone"));
    }

    [Test]
    public void No_code_of_the_tables_is_without_a_request_that_is_answered_with_it()
    {
        string root = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(root, "fabric.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string tests = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "tests", "Fabric.Manager.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        var tried = Number().Matches(tests).Select(match => match.Value.Replace("_", "", StringComparison.Ordinal)).ToHashSet();
        var codes = new[] { "ApiErrors.cs", "NetworkErrors.cs" }
            .SelectMany(file => Error().Matches(File.ReadAllText(Path.Combine(root, "Fabric.Manager", "Errors", file))))
            .Select(match => match.Groups[1].Value.Replace("_", "", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(codes, Has.Count.GreaterThan(50));
            Assert.That(codes.Except(tried), Is.Empty);
        });
    }

    private static void Expect(Answer answer, int status, int code)
        => Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((status, code)), $"{answer.Body}");

    private async Task<string> SwitchAsync()
        => await _manager.CreateIdAsync("/logical-switches", new JsonObject { ["transport_zone_id"] = await _manager.OverlayZoneAsync(), ["admin_state"] = "UP", ["replication_mode"] = "MTEP" });

    private async Task<Answer> SendAsync(string body, string mediaType)
    {
        using var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType));
        using var response = await _manager.Client.PostAsync("/api/v1/ip-sets", content);
        return new Answer(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    [GeneratedRegex(@"(?<![\w.])[0-9][0-9_]{1,7}(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"new\((?:[0-9]{3}|status), ([0-9_]+)")]
    private static partial Regex Error();
}
