using Fabric.Lab.Api;
using Fabric.Lab.Pods;
using Fabric.Lab.Simulation;
using Fabric.Lab.Tests.House;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Tests.Simulation;

/// <summary>The sample lab in one process, with no privilege at all: real manager, controller and host switches between simulated pods.</summary>
[NonParallelizable]
internal sealed class SimulatedLabTests
{
    private string _folder = "";
    private SimulatedLab _lab = null!;
    private NsxClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("fs-").FullName;
        _lab = new SimulatedLab(LabFile.Read(Repository.PathOf("samples/two-hosts")), _folder, LogLevel.Warning);
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

    [TestCase("web-1", "web-3", TestName = "A_ping_crosses_hosts_within_a_switch")]
    [TestCase("web-1", "db-2", TestName = "A_ping_crosses_hosts_and_subnets")]
    [TestCase("web-1", "web-2", TestName = "A_ping_stays_on_its_host_between_nodes")]
    [TestCase("web-1", "db-1", TestName = "A_ping_stays_on_its_host_between_subnets")]
    public async Task Pods_reach_each_other(string from, string to)
    {
        foreach (var address in _lab.Pod(to).Settings.Addresses)
        {
            var answer = await _lab.Pod(from).PingAsync(address.Address, size: 1000);
            Assert.That(answer.IsAnswered, $"{from} > {address.Address}: {answer.Text}");
        }
    }

    [Test]
    public async Task A_page_and_a_datagram_cross_hosts_and_subnets()
    {
        foreach (var address in _lab.Pod("db-2").Settings.Addresses.Select(prefix => prefix.Address))
        {
            var page = await _lab.Pod("web-1").GetAsync(address);
            Assert.That(page.Text, Does.Contain(" answers "), $"{address}");
            var echo = await _lab.Pod("web-1").AskUdpAsync(address, 80, "hello");
            Assert.That(echo.Text, Is.EqualTo("hello"), $"{address}");
        }
    }

    [Test]
    public async Task The_gateway_answers_at_each_of_its_addresses()
    {
        foreach (var gateway in _lab.Pod("web-1").Settings.Gateways)
        {
            Assert.That((await _lab.Pod("web-1").PingAsync(gateway)).IsAnswered, $"{gateway}");
        }
    }

    [Test]
    public async Task A_subnet_that_nobody_has_is_answered_with_an_ICMP_error()
    {
        var answer = await _lab.Pod("web-1").PingAsync(IpAddress.Parse("203.0.113.9"), timeout: TimeSpan.FromSeconds(3));
        Assert.That(answer.Outcome, Is.EqualTo(PodOutcome.Refused), answer.Text);
    }

    [Test]
    public async Task The_firewall_drops_and_rejects_what_the_API_says()
    {
        string db = _lab.Ids["ns-groups/db"];
        var page = _lab.Pod("db-2").Settings.Addresses[0].Address;
        foreach (var (action, outcome) in ((string, PodOutcome)[])[("DROP", PodOutcome.TimedOut), ("REJECT", PodOutcome.Refused)])
        {
            string section = await CreateSectionAsync(action, db);
            await BecomesAsync(page, outcome);
            await _api.DeleteAsync($"firewall/sections/{section}?cascade=true", CancellationToken.None);
            await BecomesAsync(page, PodOutcome.Answered);
        }
    }

    [Test]
    public async Task A_spoofed_address_gets_nowhere_and_is_counted()
    {
        var web = _lab.Topology.Pods.First(pod => pod.Name == "web-1");
        var result = await new SimulatedShell(_lab.Pod("web-1")).RunAsync(
            ["fabric", "pod", "send-raw", "--source", "10.10.1.77", "--to", "10.10.2.3", "--count", "5"]);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        await EndToEnd.Eventually.AsyncTrue(
            async () =>
            {
                var statistics = await _api.GetAsync($"logical-ports/{_lab.Ids[$"logical-ports/{web.Name}"]}/statistics", CancellationToken.None);
                return statistics["dropped_by_security_packets"]!["spoof_guard_dropped"]!.AsArray().Sum(drop => (long?)drop!["counter"] ?? 0) == 5;
            },
            TimeSpan.FromSeconds(20),
            () => "five drops by SpoofGuard in the API's statistics");
    }

    [Test]
    public async Task A_command_in_a_pod_goes_through_the_socket()
    {
        await using var service = await SimulatedPodService.StartAsync(_lab, _folder);
        using var pods = new SimulatedPods(SimulatedPodService.SocketIn(_folder));
        var web = _lab.Topology.Pods.First(pod => pod.Name == "web-1");
        var db = _lab.Topology.Pods.First(pod => pod.Name == "db-2");
        var answer = await pods.GetAsync(web, new Uri($"http://{db.Ipv4}/"), CancellationToken.None);
        Assert.That(answer.Text, Is.EqualTo($"{db.Ipv4} answers {web.Ipv4}"));
        var unknown = await pods.RunAsync("web-1", ["ls"], CancellationToken.None);
        Assert.That(unknown.ExitCode, Is.EqualTo(127));
    }

    [Test]
    public void No_pod_met_a_broken_frame()
        => Assert.That(_lab.Topology.Pods.Sum(pod => _lab.Pod(pod.Name).BadChecksums), Is.Zero);

    private async Task<string> CreateSectionAsync(string action, string group)
    {
        var section = new
        {
            display_name = $"simulated-{action}",
            section_type = "LAYER3",
            stateful = true,
            rules = new[]
            {
                new
                {
                    display_name = action,
                    action,
                    destinations = new[] { new { target_type = "NSGroup", target_id = group } },
                    services = new[] { new { service = new { resource_type = "L4PortSetNSService", l4_protocol = "TCP", destination_ports = new[] { "80" } } } },
                },
            },
        };
        var made = await _api.PostAsync("firewall/sections?action=create_with_rules&operation=insert_top", section, CancellationToken.None);
        return (string)made["id"]!;
    }

    /// <summary>A change takes a moment from the API to the hosts.</summary>
    private Task BecomesAsync(IpAddress page, PodOutcome outcome) => EndToEnd.Eventually.AsyncTrue(
        async () => (await _lab.Pod("web-1").GetAsync(page, timeout: TimeSpan.FromSeconds(1))).Outcome == outcome,
        TimeSpan.FromSeconds(20),
        () => $"HTTP to {page} is {outcome}");
}
