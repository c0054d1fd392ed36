using System.Text.Json.Nodes;
using Fabric.Manager.Security;

namespace Fabric.Manager.Tests.Security;

internal sealed class PermissionsTests
{
    private const string Word = "Another-Passw0rd!";

    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TestCase("auditor", "GET", "logical-switches", true)]
    [TestCase("auditor", "POST", "ip-sets", false)]
    [TestCase("auditor", "GET", "node/users", true)]
    [TestCase("network_engineer", "POST", "logical-switches", true)]
    [TestCase("network_engineer", "GET", "firewall/sections", true)]
    [TestCase("network_engineer", "POST", "firewall/sections", false)]
    [TestCase("network_engineer", "GET", "node/users", false)]
    [TestCase("network_engineer", "PUT", "/policy/api/v1/infra/segments/s", true)]
    [TestCase("network_engineer", "PUT", "/policy/api/v1/infra/domains/default/security-policies/s", false)]
    [TestCase("network_engineer", "PATCH", "/policy/api/v1/infra", true)]
    [TestCase("network_op", "GET", "logical-switches", true)]
    [TestCase("network_op", "PUT", "logical-switches/x", false)]
    [TestCase("network_op", "POST", "traceflows", true)]
    [TestCase("security_engineer", "POST", "firewall/sections", true)]
    [TestCase("security_engineer", "POST", "ns-groups", true)]
    [TestCase("security_engineer", "DELETE", "logical-switches/x", false)]
    [TestCase("security_engineer", "PUT", "/policy/api/v1/orgs/default/projects/p/infra/domains/default/gateway-policies/g", true)]
    [TestCase("security_engineer", "PUT", "/policy/api/v1/orgs/default/projects/p/vpcs/v/subnets/s", false)]
    [TestCase("security_op", "GET", "firewall/sections", true)]
    [TestCase("security_op", "PATCH", "/policy/api/v1/infra", false)]
    [TestCase("lb_admin", "POST", "loadbalancer/pools", true)]
    [TestCase("lb_admin", "PUT", "/policy/api/v1/infra/lb-pools/p", true)]
    [TestCase("lb_admin", "POST", "logical-switches", false)]
    [TestCase("lb_auditor", "POST", "loadbalancer/pools", false)]
    [TestCase("vpn_admin", "PUT", "/policy/api/v1/infra/tier-1s/t/ipsec-vpn-services/v", true)]
    [TestCase("vpn_admin", "PUT", "/policy/api/v1/infra/tier-1s/t", false)]
    [TestCase("enterprise_admin", "POST", "node/users", true)]
    [TestCase("enterprise_admin", "POST", "/fabric/v1/faults", true)]
    [TestCase("auditor", "POST", "/fabric/v1/faults", false)]
    public void A_role_may_do_what_the_table_says(string role, string method, string path, bool may)
        => Assert.That(Permissions.Allows(new Caller("u", [role]), method, path.StartsWith('/') ? path : "/api/v1/" + path), Is.EqualTo(may));

    [Test]
    public void Roles_for_a_path_hold_below_it_alone()
    {
        var caller = new Caller("u", []) { RolesForPaths = [new PathRoles("/orgs/default/projects/p1", ["project_admin"])] };
        Assert.That(Permissions.Allows(caller, "PUT", "/policy/api/v1/orgs/default/projects/p1/infra/segments/s"), Is.True);
        Assert.That(Permissions.Allows(caller, "GET", "/policy/api/v1/orgs/default/projects/p1"), Is.True);
        Assert.That(Permissions.Allows(caller, "GET", "/policy/api/v1/orgs/default/projects/p10/infra/segments/s"), Is.False);
        Assert.That(Permissions.Allows(caller, "GET", "/policy/api/v1/infra/segments"), Is.False);
        Assert.That(Permissions.Allows(caller, "GET", "/policy/api/v1/aaa/user-info"), Is.True);
    }

    [Test]
    public async Task A_user_does_what_its_role_allows_and_a_change_of_role_holds_at_once()
    {
        await UserAsync("ann");
        using var ann = _manager.NewClient(Word, "ann");
        Assert.That((await ann.AskAsync(HttpMethod.Get, "ip-sets")).Code, Is.EqualTo(200));
        var refused = await ann.AskAsync(HttpMethod.Post, "ip-sets", new JsonObject());
        Assert.That((refused.Code, refused.ErrorCode, (string)refused.Body!["httpStatus"]!), Is.EqualTo((403, 403, "FORBIDDEN")));
        Assert.That(refused.Message, Does.StartWith("User is not authorized to perform this operation"));

        var binding = (JsonObject)(await _manager.GetAsync("/aaa/role-bindings?name=ann")).Results.Single()!;
        Assert.That((string)binding["roles"]![0]!["role"]!, Is.EqualTo("auditor"));
        binding["roles"] = new JsonArray(new JsonObject { ["role"] = "security_engineer" });
        Assert.That((await _manager.PutAsync($"/aaa/role-bindings/{binding["id"]}", binding)).Code, Is.EqualTo(200));
        var made = await ann.AskAsync(HttpMethod.Post, "ip-sets", new JsonObject());
        Assert.That((made.Code, (string)made.Body!["_create_user"]!), Is.EqualTo((201, "ann")));
        var info = await ann.AskAsync(HttpMethod.Get, "/policy/api/v1/aaa/user-info");
        Assert.That(((string)info.Body!["user_name"]!, (string)info.Body["roles"]![0]!["role"]!), Is.EqualTo(("ann", "security_engineer")));
    }

    [Test]
    public async Task A_role_that_does_not_exist_cannot_be_bound()
    {
        await UserAsync("bob");
        var binding = (JsonObject)(await _manager.GetAsync("/aaa/role-bindings?name=bob")).Results.Single()!;
        binding["roles"] = new JsonArray(new JsonObject { ["role"] = "emperor" });
        var answer = await _manager.PutAsync($"/aaa/role-bindings/{binding["id"]}", binding);
        Assert.That((answer.Code, answer.Message), Is.EqualTo((400, "Role emperor does not exist.")));
    }

    [Test]
    public async Task Admin_stays_an_enterprise_admin()
    {
        var binding = (JsonObject)(await _manager.GetAsync("/aaa/role-bindings?name=admin")).Results.Single()!;
        binding["roles"] = new JsonArray(new JsonObject { ["role"] = "auditor" });
        Assert.That((await _manager.PutAsync($"/aaa/role-bindings/{binding["id"]}", binding)).Code, Is.EqualTo(400));
        Assert.That((await _manager.DeleteAsync($"/aaa/role-bindings/{binding["id"]}")).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task Every_role_says_what_it_may_do_with_every_feature()
    {
        var roles = (await _manager.GetAsync("/aaa/roles")).Results.Select(role => (string)role!["role"]!).ToList();
        Assert.That(roles, Does.Contain("enterprise_admin").And.Contain("auditor").And.Contain("network_engineer").And.Contain("security_engineer"));
        var features = (await _manager.GetAsync("/aaa/features-with-properties")).Results.Count;
        foreach (string role in roles)
        {
            Assert.That((JsonArray)(await _manager.GetAsync($"/aaa/roles/{role}")).Body!["features"]!, Has.Count.EqualTo(features), role);
        }
    }

    private async Task UserAsync(string name)
    {
        var made = await _manager.PostAsync("/node/users?action=create_user", new JsonObject { ["username"] = name, ["full_name"] = name, ["password"] = Word });
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
    }
}
