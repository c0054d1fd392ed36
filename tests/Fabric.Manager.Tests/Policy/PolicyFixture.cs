using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>A manager of its own for each test, and short forms of what such tests ask of it.</summary>
internal abstract class PolicyFixture
{
    protected RunningManager Running { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Running = await RunningManager.StartAsync();
        await PrepareAsync();
    }

    [TearDown]
    public async Task StopAsync() => await Running.DisposeAsync();

    protected static JsonObject Body(string text) => (JsonObject)JsonNode.Parse(text)!;

    /// <summary>What every test of the fixture needs first.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>A PATCH that is taken.</summary>
    protected async Task PatchAsync(string path, string body = "{}")
    {
        var answer = await Running.PatchAsync(path, Body(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"PATCH {path}: {answer.Body}");
    }

    /// <summary>A PATCH that is refused with this code, naming this.</summary>
    protected async Task RefusesAsync(string path, string body, int code, string named)
    {
        var answer = await Running.PatchAsync(path, Body(body));
        Assert.That((answer.Code, answer.Code == 200 ? 0 : answer.ErrorCode), Is.EqualTo((400, code)), $"PATCH {path}: {answer.Body}");
        Assert.That(answer.Message, Does.Contain(named));
    }

    protected async Task DeletesAsync(string path)
    {
        var answer = await Running.DeleteAsync(path);
        Assert.That(answer.Code, Is.EqualTo(200), $"DELETE {path}: {answer.Body}");
    }

    protected async Task<JsonObject> ReadAsync(string path)
    {
        var answer = await Running.GetAsync(path);
        Assert.That(answer.Code, Is.EqualTo(200), $"GET {path}: {answer.Body}");
        return answer.Object;
    }
}
