using Fabric.Manager.Errors;

namespace Fabric.Manager.Tests;

/// <summary>What NSX-T has and is not here says so; what NSX-T does not have is not found.</summary>
internal sealed class UnservedTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TestCase("GET", "/api/v1/upgrade/bundles/b", 501)]
    [TestCase("POST", "/api/v1/cluster?action=join_cluster", 501)]
    [TestCase("GET", "/policy/api/v1/global-infra/segments", 501)]
    [TestCase("GET", "/policy/api/v1/global-infra/segments/", 501)]
    [TestCase("GET", "/api/v1/logical-routers/r/routing/route-table?format=csv", 501)]
    [TestCase("GET", "/api/v1/no/such/thing", 404)]
    [TestCase("GET", "/policy/api/v1/infra/no-such-things", 404)]
    [TestCase("PATCH", "/api/v1/ip-sets", 405)]
    [TestCase("POST", "/api/v1/ip-sets?action=explode", 400)]
    public async Task A_request_is_told_which(string method, string path, int status)
    {
        var answer = await _manager.Client.AskAsync(HttpMethod.Parse(method), path, method == "GET" ? null : new System.Text.Json.Nodes.JsonObject());
        Assert.That((answer.Code, (string)answer.Body!["module_name"]!), Is.EqualTo((status, "common-services")), $"{answer.Body}");
        if (status == 501)
        {
            Assert.That((string)answer.Body["httpStatus"]!, Is.EqualTo("NOT_IMPLEMENTED"));
            Assert.That(answer.Message, Does.Contain(path.Split('?')[0].Split('/')[^2]));
        }
    }

    [Test]
    public void The_list_of_operations_is_whole_and_has_each_path_once()
    {
        Assert.That(KnownOperations.All.Sum(operation => operation.Methods.Count), Is.GreaterThan(4600));
        Assert.That(KnownOperations.All.Select(operation => operation.Text), Is.Unique);
    }
}
