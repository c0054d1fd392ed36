using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Load balancers of the policy tree: what goes together, and what they become in the Manager API.</summary>
internal sealed class LoadBalancerTests
{
    private const string Tcp = "/infra/lb-app-profiles/default-tcp-lb-app-profile";
    private const string Http = "/infra/lb-app-profiles/default-http-lb-app-profile";
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_virtual_server_with_its_pool_rules_and_profiles_is_said_again_in_the_words_of_the_Manager_API()
    {
        await MakeAsync("/infra/lb-monitor-profiles/m", """{"resource_type":"LBHttpMonitorProfile","monitor_port":8080,"request_url":"/healthy"}""");
        var pool = await MakeAsync("/infra/lb-pools/p", """{"members":[{"ip_address":"10.0.0.2","port":"80"}],"active_monitor_paths":["/infra/lb-monitor-profiles/m"],"passive_monitor_path":"","snat_translation":{"type":"LBSnatDisabled"}}""");
        var server = await MakeAsync("/infra/lb-virtual-servers/v", $$"""
            {"ip_address":"10.0.0.1","ports":["80","443"],"application_profile_path":"{{Http}}","pool_path":"/infra/lb-pools/p","rules":[
              {"phase":"HTTP_FORWARDING","match_strategy":"ANY","match_conditions":[{"type":"LBHttpRequestUriCondition","uri":"/x","match_type":"STARTS_WITH"}],
               "actions":[{"type":"LBSelectPoolAction","pool_id":"/infra/lb-pools/p"}]}]}
            """);
        var service = await MakeAsync("/infra/lb-services/s", "{}");
        await MakeAsync("/infra/lb-virtual-servers/v", """{"lb_service_path":"/infra/lb-services/s"}""");

        var realized = (await _manager.GetAsync($"/loadbalancer/virtual-servers/{server["unique_id"]}")).Object;
        Assert.That(((string)realized["pool_id"]!, realized["ports"]!.AsArray().Count, (string)realized["ip_protocol"]!), Is.EqualTo(((string)pool["unique_id"]!, 2, "TCP")));
        var rule = (await _manager.GetAsync($"/loadbalancer/rules/{realized["rule_ids"]![0]}")).Object;
        Assert.That(((string)rule["match_conditions"]![0]!["type"]!, (string)rule["actions"]![0]!["type"]!, (string)rule["actions"]![0]!["pool_id"]!),
            Is.EqualTo(("LbHttpRequestUriCondition", "LbSelectPoolAction", (string)pool["unique_id"]!)));
        var monitor = (await _manager.GetAsync($"/loadbalancer/monitors/{(await _manager.GetAsync($"/loadbalancer/pools/{pool["unique_id"]}")).Object["active_monitor_ids"]![0]}")).Object;
        Assert.That(((string)monitor["resource_type"]!, (string)monitor["monitor_port"]!), Is.EqualTo(("LbHttpMonitor", "8080")));
        Assert.That((string)(await _manager.GetAsync($"/loadbalancer/services/{service["unique_id"]}")).Object["virtual_server_ids"]![0]!, Is.EqualTo((string)server["unique_id"]!));
        Assert.That((int)(await _manager.GetAsync("/infra/lb-services/s/service-usage")).Object["results"]![0]!["current_pool_member_count"]!, Is.EqualTo(1));
        Assert.That((await _manager.DeleteAsync("/infra/lb-pools/p")).ErrorCode, Is.EqualTo(500030));
    }

    [TestCase("lb-virtual-servers", """{"ip_address":"10.0.0.1","ports":["80"],"application_profile_path":"/infra/lb-app-profiles/default-tcp-lb-app-profile","lb_persistence_profile_path":"/infra/lb-persistence-profiles/default-cookie-lb-persistence-profile"}""", 23_500, "Cookie")]
    [TestCase("lb-virtual-servers", """{"ip_address":"10.0.0.1","ports":["80","80"],"application_profile_path":"/infra/lb-app-profiles/default-tcp-lb-app-profile"}""", 255, "twice")]
    [TestCase("lb-virtual-servers", """{"ip_address":"nowhere","ports":["99999"],"application_profile_path":"/infra/lb-app-profiles/default-tcp-lb-app-profile"}""", 255, "99999")]
    [TestCase("lb-virtual-servers", """{"ip_address":"10.0.0.1","ports":["80"],"application_profile_path":"/infra/lb-app-profiles/none"}""", 500_012, "none")]
    [TestCase("lb-pools", """{"members":[{"ip_address":"10.0.0.2","port":"80"},{"ip_address":"10.0.0.2","port":"80"}]}""", 255, "twice")]
    [TestCase("lb-pools", """{"active_monitor_paths":["/infra/lb-monitor-profiles/default-passive-lb-monitor"]}""", 23_500, "passive")]
    [TestCase("lb-pools", """{"snat_translation":{"type":"LBSnatSomehow"}}""", 255, "LBSnatSomehow")]
    [TestCase("lb-app-profiles", """{"resource_type":"LBHttpProfile","http_redirect_to":"x","http_redirect_to_https":true}""", 255, "http_redirect_to")]
    [TestCase("lb-app-profiles", """{"resource_type":"LBFastTcpProfile","close_timeout":61}""", 255, "close_timeout")]
    public async Task What_cannot_balance_is_refused(string collection, string body, int code, string named)
    {
        var answer = await _manager.PatchAsync($"/infra/{collection}/wrong", Json.Of(body));
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, code)), $"{answer.Body}");
        Assert.That(answer.Message, Does.Contain(named));
    }

    [Test]
    public async Task Two_virtual_servers_of_one_load_balancer_do_not_share_an_address_and_port()
    {
        await MakeAsync("/infra/lb-services/twice", "{}");
        string body = $$"""{"ip_address":"10.0.0.9","ports":["80"],"application_profile_path":"{{Tcp}}","lb_service_path":"/infra/lb-services/twice"}""";
        await MakeAsync("/infra/lb-virtual-servers/one", body);
        Assert.That((await _manager.PatchAsync("/infra/lb-virtual-servers/other", Json.Of(body))).ErrorCode, Is.EqualTo(23_500));
    }

    [Test]
    public async Task A_TLS_profile_says_which_ciphers_its_label_stands_for()
    {
        var profile = await MakeAsync("/infra/lb-client-ssl-profiles/high", """{"cipher_group_label":"HIGH_SECURITY"}""");
        Assert.That(((string)profile["protocols"]![0]!, profile["protocols"]!.AsArray().Count, (bool)profile["is_secure"]!), Is.EqualTo(("TLS_V1_2", 1, true)));
        Assert.That((string)(await _manager.GetAsync("/infra/lb-server-ssl-profiles/default-balanced-server-ssl-profile")).Object["cipher_group_label"]!, Is.EqualTo("BALANCED"));
    }

    private async Task<JsonObject> MakeAsync(string path, string body)
    {
        var answer = await _manager.PatchAsync(path, Json.Of(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"{path}: {answer.Body}");
        await _manager.RealizedAsync();
        return (await _manager.GetAsync(path)).Object;
    }
}
