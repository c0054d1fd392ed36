using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

internal sealed class BadRequestTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"display_name\":\"a\",\"display_name\":\"b\"}")]
    [TestCase("{\"display_name\":\"\\ud800\"}")]
    [TestCase("{'display_name':'a'}")]
    [TestCase("{\"display_name\":\"a\"} {}")]
    public async Task A_body_that_is_no_object_is_a_clean_400(string body)
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", body);
        Assert.That(answer.Code, Is.EqualTo(400), $"{answer.Body}");
        Assert.That(answer.ErrorCode, Is.EqualTo(258));
    }

    [Test]
    public async Task Deep_nesting_is_a_clean_400()
    {
        string deep = "{\"description\":" + string.Concat(Enumerable.Repeat("[", 100_000)) + "}";
        Assert.That((await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", deep)).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task An_oversized_body_is_a_clean_413()
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", "{\"description\":\"" + new string('x', 17 * 1024 * 1024) + "\"}");
        Assert.That((answer.Code, (string)answer.Body!["httpStatus"]!), Is.EqualTo((413, "PAYLOAD_TOO_LARGE")), answer.Message);
    }

    [Test]
    public async Task Another_media_type_is_a_clean_415()
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", "<a/>", "application/xml");
        Assert.That(answer.Code, Is.EqualTo(415));
    }

    [Test]
    public async Task A_path_that_is_not_served_answers_in_the_shape_of_NSX()
    {
        var answer = await SendAsync(HttpMethod.Get, "/api/v1/no/such/thing", "");
        Assert.That((answer.Code, answer.ErrorCode, (string)answer.Body!["httpStatus"]!), Is.EqualTo((404, 600, "NOT_FOUND")));
        Assert.That(answer.Message, Does.Contain("/api/v1/no/such/thing"));
        answer = await SendAsync(HttpMethod.Patch, "/api/v1/ip-sets/x", "{}");
        Assert.That((answer.Code, (string)answer.Body!["httpStatus"]!), Is.EqualTo((405, "METHOD_NOT_ALLOWED")));
    }

    [TestCase("a/b")]
    [TestCase("a b")]
    [TestCase("\u00fc")]
    public async Task An_id_that_no_path_can_hold_is_refused(string id)
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", new JsonObject { ["id"] = id }.ToJsonString());
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, 255)));
    }

    [Test]
    public async Task An_id_is_given_once()
    {
        Assert.That((await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", "{\"id\":\"mine\"}")).Code, Is.EqualTo(201));
        Assert.That((await SendAsync(HttpMethod.Post, "/api/v1/ip-sets", "{\"id\":\"mine\"}")).Code, Is.EqualTo(409));
    }

    [Test]
    public async Task The_feed_is_not_served_to_users_of_the_API()
    {
        using var answer = await _manager.Client.PostAsync("/fabric.v1.ConfigFeed/Watch", new ByteArrayContent([]));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = method == HttpMethod.Get ? null : new StringContent(body, Encoding.UTF8, type);
        using var answer = await _manager.Client.SendAsync(request);
        return new Answer(answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
