using System.Text.Json.Nodes;
using Fabric.Lab.Api;
using Fabric.Lab.Pods;
using Fabric.Lab.Simulation;
using Fabric.Lab.Tests.EndToEnd;
using Fabric.Lab.Tests.House;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Tests.Simulation;

/// <summary>The sample lab again, its networks, ports, groups and rules written through the Policy API alone: real packets follow intent.</summary>
[NonParallelizable]
internal sealed class PolicyLabTests
{
    private const string Policy = "/policy/api/v1";
    private string _folder = "";
    private SimulatedLab _lab = null!;
    private NsxClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("fp-").FullName;
        string file = Repository.PathOf("samples/two-hosts/lab.yaml");
        _lab = new SimulatedLab(LabFile.Parse($"api: policy\n{await File.ReadAllTextAsync(file)}", file), _folder, LogLevel.Warning);
        await _lab.StartAsync(line => TestContext.Progress.WriteLine(line), CancellationToken.None);
        _api = new NsxClient(_lab.Api, "admin", await File.ReadAllTextAsync(_lab.PasswordFile));
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        _api?.Dispose();
        await _lab.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("web-1", "web-3", TestName = "A_ping_crosses_hosts_within_a_segment")]
    [TestCase("web-1", "db-2", TestName = "A_ping_crosses_hosts_and_segments_of_a_gateway")]
    public async Task Pods_reach_each_other(string from, string to)
    {
        foreach (var address in _lab.Pod(to).Settings.Addresses)
        {
            var answer = await _lab.Pod(from).PingAsync(address.Address, size: 1000);
            Assert.That(answer.IsAnswered, $"{from} > {address.Address}: {answer.Text}");
        }
    }

    [Test]
    public async Task A_security_policy_drops_and_rejects_and_lets_pass_when_it_is_gone()
    {
        var page = _lab.Pod("db-2").Settings.Addresses[0].Address;
        foreach (var (action, outcome) in ((string, PodOutcome)[])[("DROP", PodOutcome.TimedOut), ("REJECT", PodOutcome.Refused)])
        {
            await _api.PatchAsync($"{Policy}/infra/domains/default/security-policies/block-{action}", Block(action), CancellationToken.None);
            await BecomesAsync(page, outcome);
            await _api.DeleteAsync($"{Policy}/infra/domains/default/security-policies/block-{action}", CancellationToken.None);
            await BecomesAsync(page, PodOutcome.Answered);
        }
    }

    [Test]
    public async Task A_pod_that_gets_another_label_falls_under_other_rules()
    {
        var page = _lab.Pod("db-1").Settings.Addresses[0].Address;
        await _api.PatchAsync($"{Policy}/infra/domains/default/groups/quarantine", new
        {
            expression = new[] { new { resource_type = "Condition", member_type = "SegmentPort", key = "Tag", @operator = "EQUALS", value = "state|quarantined" } },
        }, CancellationToken.None);
        await _api.PatchAsync($"{Policy}/infra/domains/default/security-policies/quarantine", new
        {
            category = "Emergency",
            rules = new[] { new { id = "in", resource_type = "Rule", action = "DROP", source_groups = Any, destination_groups = new[] { "/infra/domains/default/groups/quarantine" }, services = Any, scope = Any } },
        }, CancellationToken.None);
        string port = $"{Policy}/infra/segments/db/ports/db-1";
        var tags = (JsonArray)(await _api.GetAsync(port, CancellationToken.None))["tags"]!;
        await BecomesAsync(page, PodOutcome.Answered);

        var more = (JsonArray)tags.DeepClone();
        more.Add((JsonNode)new JsonObject { ["scope"] = "state", ["tag"] = "quarantined" });
        await _api.PatchAsync(port, new JsonObject { ["tags"] = more }, CancellationToken.None);
        await BecomesAsync(page, PodOutcome.TimedOut);

        await _api.PatchAsync(port, new JsonObject { ["tags"] = tags.DeepClone() }, CancellationToken.None);
        await BecomesAsync(page, PodOutcome.Answered);
    }

    [Test]
    public async Task A_spoofed_address_gets_nowhere_and_the_segment_port_counts_it()
    {
        await new SimulatedShell(_lab.Pod("web-1")).RunAsync(["fabric", "pod", "send-raw", "--source", "10.10.1.77", "--to", "10.10.2.3", "--count", "5"]);
        await Eventually.AsyncTrue(
            async () =>
            {
                var statistics = await _api.GetAsync($"{Policy}/infra/segments/web/ports/web-1/statistics", CancellationToken.None);
                return statistics["dropped_by_security_packets"]!["spoof_guard_dropped"]!.AsArray().Sum(drop => (long?)drop!["counter"] ?? 0) == 5;
            },
            TimeSpan.FromSeconds(20),
            () => "five drops by SpoofGuard in the port's statistics");
    }

    [Test]
    public async Task State_tables_and_machines_tell_what_the_hosts_have()
    {
        Assert.That((string?)(await _api.GetAsync($"{Policy}/infra/segments/web/state", CancellationToken.None))["state"], Is.EqualTo("success"));
        Assert.That((string?)(await _api.GetAsync($"{Policy}/infra/segments/web/ports/web-1/status", CancellationToken.None))["status"], Is.EqualTo("UP"));
        var entities = (await _api.ListAsync($"{Policy}/infra/realized-state/realized-entities?intent_path=/infra/segments/web", CancellationToken.None)).ToList();
        Assert.That(entities.Select(entity => ((string?)entity["state"], (string?)entity["runtime_status"])), Has.Some.EqualTo(("REALIZED", "SUCCESS")));
        var state = await _api.GetAsync($"{Policy}/infra/segments/web/ports/web-1/state", CancellationToken.None);
        Assert.That(((JsonArray)state["realized_bindings"]!).Select(binding => (string?)binding!["binding"]!["ip_address"]), Has.Some.EqualTo(_lab.Pod("web-1").Settings.Addresses[0].Address.ToString()));
        Assert.That(await _api.ListAsync($"{Policy}/infra/segments/web/mac-table", CancellationToken.None), Is.Not.Empty);
        Assert.That((await _api.ListAsync($"{Policy}/infra/realized-state/virtual-machines", CancellationToken.None)).Select(machine => (string?)machine["display_name"]), Is.SupersetOf(new[] { "node-a", "node-d" }));
    }

    private static readonly string[] Any = ["ANY"];

    private static object Block(string action) => new
    {
        category = "Application",
        sequence_number = 1,
        rules = new[]
        {
            new
            {
                id = "http",
                resource_type = "Rule",
                action,
                source_groups = new[] { "/infra/domains/default/groups/web" },
                destination_groups = new[] { "/infra/domains/default/groups/db" },
                services = Any,
                service_entries = new[] { new { resource_type = "L4PortSetServiceEntry", l4_protocol = "TCP", destination_ports = new[] { "80" } } },
                scope = Any,
            },
        },
    };

    /// <summary>A change takes a moment from the API to the hosts.</summary>
    private Task BecomesAsync(IpAddress page, PodOutcome outcome) => Eventually.AsyncTrue(
        async () => (await _lab.Pod("web-1").GetAsync(page, timeout: TimeSpan.FromSeconds(1))).Outcome == outcome,
        TimeSpan.FromSeconds(20),
        () => $"HTTP to {page} is {outcome}");
}
