using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>What the Policy API is told of groups and rules, as pods feel it.</summary>
[NonParallelizable]
internal sealed class PolicyFirewallTests
{
    private const string Domain = "/policy/api/v1/infra/domains/default";

    [Test]
    public async Task A_rule_of_a_security_policy_is_enforced_on_the_members_of_its_group_while_it_is_there()
    {
        Requires.Root();
        Requires.Tools("ip");
        await using var lab = await RunningLab.StartAsync("two-hosts");
        string web = await Pods.Ipv4Async(lab, "web-3");
        string db = await Pods.Ipv4Async(lab, "db-2");
        (await Pods.PingAsync(lab, "web-1", web)).MustSucceed();
        await PatchAsync(lab, "groups/shut", $$"""{"expression":[{"resource_type":"IPAddressExpression","ip_addresses":["{{web}}"]}]}""");
        await PatchAsync(lab, "security-policies/shut", """
            {"category":"Emergency","rules":[{"id":"no-ping","action":"DROP","destination_groups":["/infra/domains/default/groups/shut"],
              "service_entries":[{"id":"i","resource_type":"ICMPTypeServiceEntry","protocol":"ICMPv4"}]}]}
            """);
        await UntilAsync(lab, web, answers: false);
        (await Pods.PingAsync(lab, "web-1", db)).MustSucceed(); // not a member
        (await Pods.GetAsync(lab, "web-1", web)).MustSucceed(); // not that service

        await PatchAsync(lab, "groups/shut", $$"""{"expression":[{"resource_type":"IPAddressExpression","ip_addresses":["{{db}}"]}]}""");
        await UntilAsync(lab, web, answers: true);
        await UntilAsync(lab, db, answers: false);
        using var deleted = await lab.Api.DeleteAsync($"{Domain}/security-policies/shut");
        Assert.That(deleted.IsSuccessStatusCode);
        await UntilAsync(lab, db, answers: true);
    }

    private static async Task PatchAsync(RunningLab lab, string path, string body)
    {
        using var answer = await lab.Api.PatchAsync($"{Domain}/{path}", JsonContent.Create(JsonNode.Parse(body)));
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task UntilAsync(RunningLab lab, string address, bool answers) => Eventually.AsyncTrue(
        async () => (await Pods.PingAsync(lab, "web-1", address, count: 1)).ExitCode == 0 == answers,
        TimeSpan.FromSeconds(30),
        () => $"web-1 {(answers ? "reaches" : "no longer reaches")} {address}");
}
