using System.Text.Json.Nodes;
using Fabric.Manager.Faults;

namespace Fabric.Manager.Tests.Faults;

internal sealed class FaultTests
{
    private RunningManager _manager = null!;

    private static IEnumerable<string> Answered => FaultCatalogue.All
        .Where(kind => kind is { Place: FaultPlace.Request or FaultPlace.Search, Error: not null }).Select(kind => kind.Name);

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TearDown]
    public async Task ForgetAsync() => await AskAsync(HttpMethod.Delete, "/fabric/v1/faults");

    [TestCaseSource(nameof(Answered))]
    public async Task It_strikes_once_in_its_wire_form_and_is_over(string name)
    {
        var kind = FaultCatalogue.Find(name)!;
        string path = kind.Place == FaultPlace.Search ? "/policy/api/v1/search/query?query=resource_type:Segment" : "/policy/api/v1/infra/segments/struck";
        var method = HttpMethod.Parse(kind.Methods.Count > 0 ? kind.Methods[0] : "GET");
        await OrderAsync(new JsonObject { ["name"] = name, ["count"] = 1 });
        using var raw = await _manager.Client.SendAsync(Request(method, path));
        var expected = kind.Error!("/policy/api/v1/infra/segments/struck");
        var body = JsonNode.Parse(await raw.Content.ReadAsStringAsync())!;
        Assert.That(((int)raw.StatusCode, (int)body["error_code"]!, (string)body["error_message"]!), Is.EqualTo((expected.Status, expected.Code, expected.Message)));
        Assert.That(raw.Headers.RetryAfter is not null, Is.EqualTo(kind.RetryAfter is not null));
        var after = await AskAsync(method, path, new JsonObject());
        Assert.That((string?)after.Body?["error_message"], Is.Not.EqualTo(expected.Message));
        Assert.That((int)(await AskAsync(HttpMethod.Get, "/fabric/v1/faults")).Results[0]!["fired"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task It_strikes_only_whom_it_is_meant_for()
    {
        await OrderAsync(new JsonObject { ["name"] = "busy", ["path"] = "/api/v1/ip-sets*", ["methods"] = new JsonArray("GET"), ["resource_type"] = "IPSet", ["client"] = "admin" });
        Assert.That((await _manager.GetAsync("/ip-sets")).Code, Is.EqualTo(503));
        Assert.That((await _manager.GetAsync("/mac-sets")).Code, Is.EqualTo(200));
        Assert.That((await _manager.PostAsync("/ip-sets", new JsonObject())).Code, Is.EqualTo(201));
        await AskAsync(HttpMethod.Delete, "/fabric/v1/faults");
        await OrderAsync(new JsonObject { ["name"] = "busy", ["client"] = "someone-else" });
        Assert.That((await _manager.GetAsync("/ip-sets")).Code, Is.EqualTo(200));
        await OrderAsync(new JsonObject { ["name"] = "busy", ["client"] = "127.0.0.1" });
        Assert.That((await _manager.GetAsync("/ip-sets")).Code, Is.EqualTo(503));
    }

    [Test]
    public async Task Chance_repeats_with_its_seed()
    {
        async Task<string> RunAsync()
        {
            await AskAsync(HttpMethod.Delete, "/fabric/v1/faults");
            await OrderAsync(new JsonObject { ["name"] = "busy", ["probability"] = 0.5, ["seed"] = 7 });
            string fate = "";
            for (int i = 0; i < 30; i++)
            {
                fate += (await _manager.GetAsync("/node/version")).Code == 503 ? "x" : ".";
            }

            return fate;
        }

        string first = await RunAsync();
        Assert.That(first, Does.Contain("x").And.Contain("."));
        Assert.That(await RunAsync(), Is.EqualTo(first));
    }

    [TestCase("connection-reset", false)]
    [TestCase("answer-lost", true)]
    public async Task A_connection_breaks_before_or_after_the_work(string name, bool done)
    {
        await OrderAsync(new JsonObject { ["name"] = name, ["count"] = 1, ["methods"] = new JsonArray("POST") });
        string id = $"made-by-{name}";
        Assert.That(async () => await _manager.PostAsync("/ip-sets", new JsonObject { ["id"] = id }), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await _manager.GetAsync($"/ip-sets/{id}")).Code, Is.EqualTo(done ? 200 : 404));
    }

    [Test]
    public async Task A_slow_body_is_the_right_one()
    {
        var expected = await _manager.GetAsync("/ip-sets");
        await OrderAsync(new JsonObject { ["name"] = "slow-body", ["delay_ms"] = 50, ["path"] = "/api/v1/ip-sets" });
        var slow = _manager.GetAsync("/ip-sets");
        while (!slow.IsCompleted)
        {
            _manager.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.That((await slow).Body!.ToJsonString(), Is.EqualTo(expected.Body!.ToJsonString()));
    }

    [Test]
    public async Task Search_lags_behind_what_was_made_just_now()
    {
        await _manager.PostAsync("/ip-sets", new JsonObject { ["id"] = "young" });
        await OrderAsync(new JsonObject { ["name"] = "search-lag", ["seconds"] = 5 });
        Assert.That((await _manager.GetAsync("/search/query?query=id:young")).Results, Is.Empty);
        _manager.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.That((await _manager.GetAsync("/search/query?query=id:young")).Results, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_session_ends_on_order_and_stays_ended()
    {
        using var client = _manager.NewClient(password: null);
        using var login = await client.PostAsync("/api/session/create", new StringContent($"j_username=admin&j_password={Uri.EscapeDataString(RunningManager.Password)}"));
        (string, string)[] session = [("Cookie", login.Headers.GetValues("Set-Cookie").Single().Split(' ')[0]), ("X-XSRF-TOKEN", login.Headers.GetValues("X-XSRF-TOKEN").Single())];
        Assert.That((await client.AskAsync(HttpMethod.Get, "node", null, session)).Code, Is.EqualTo(200));
        await OrderAsync(new JsonObject { ["name"] = "session-expired", ["count"] = 1 });
        var expired = await client.AskAsync(HttpMethod.Get, "node", null, session);
        Assert.That((expired.Code, expired.ErrorCode), Is.EqualTo((403, 98)));
        Assert.That((await client.AskAsync(HttpMethod.Get, "node", null, session)).Code, Is.EqualTo(403));
    }

    [Test]
    public async Task What_cannot_be_had_is_refused_by_name()
    {
        var unknown = await AskAsync(HttpMethod.Post, "/fabric/v1/faults", new JsonObject { ["name"] = "flood" });
        Assert.That(unknown.Code, Is.EqualTo(400));
        Assert.That(unknown.Message, Does.Contain("flood").And.Contain("rate-limit"));
        var nowhere = await AskAsync(HttpMethod.Post, "/fabric/v1/faults", new JsonObject { ["name"] = "underlay-loss" });
        Assert.That(nowhere.Code, Is.EqualTo(400));
        Assert.That(nowhere.Message, Does.Contain("underlay-loss").And.Contain("tc"));
        Assert.That((await AskAsync(HttpMethod.Post, "/fabric/v1/faults", new JsonObject { ["name"] = "busy", ["probability"] = 2 })).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task The_order_book_itself_is_never_struck()
    {
        await OrderAsync(new JsonObject { ["name"] = "bad-gateway" });
        Assert.That((await _manager.GetAsync("/node")).Code, Is.EqualTo(502));
        string id = (string)(await AskAsync(HttpMethod.Get, "/fabric/v1/faults")).Results.Single()!["id"]!;
        Assert.That((await AskAsync(HttpMethod.Delete, $"/fabric/v1/faults/{id}")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/node")).Code, Is.EqualTo(200));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path)
        => new(method, path) { Content = method == HttpMethod.Get ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };

    private Task<Answer> AskAsync(HttpMethod method, string path, JsonNode? body = null) => _manager.Client.AskAsync(method, path, method == HttpMethod.Get || method == HttpMethod.Delete ? null : body);

    private async Task OrderAsync(JsonObject order)
    {
        var answer = await AskAsync(HttpMethod.Post, "/fabric/v1/faults", order);
        Assert.That(answer.Code, Is.EqualTo(201), $"{answer.Body}");
    }
}
