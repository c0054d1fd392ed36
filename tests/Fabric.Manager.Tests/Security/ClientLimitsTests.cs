using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Security;

internal sealed class ClientLimitsTests
{
    [Test]
    public async Task A_client_that_asks_too_often_is_told_to_wait()
    {
        await using var manager = await RunningManager.StartAsync("none", settings: ("Manager:RateLimit", "5"));
        for (int i = 0; i < 5; i++)
        {
            Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(200));
        }

        using var refused = await manager.Client.GetAsync("/api/v1/node");
        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        var body = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        Assert.That(((int)body["error_code"]!, (string)body["httpStatus"]!), Is.EqualTo((102, "TOO_MANY_REQUESTS")));
        manager.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task The_limits_of_a_real_manager_can_be_set_while_it_runs()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var limits = await manager.GetAsync("/cluster/api-service");
        Assert.That((int)limits.Body!["client_api_rate_limit"]!, Is.Zero);
        limits.Object["client_api_rate_limit"] = 3;
        limits.Object["session_timeout"] = 60;
        Assert.That((await manager.PutAsync("/cluster/api-service", limits.Object)).Code, Is.EqualTo(200));
        var answers = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            answers.Add((await manager.GetAsync("/node")).Code);
        }

        Assert.That(answers, Is.EqualTo(new[] { 200, 200, 200, 429, 429 }));
    }

    [Test]
    public async Task Too_many_requests_under_way_are_refused_with_503()
    {
        await using var manager = await RunningManager.StartAsync("none", settings: ("Manager:ClientConcurrency", "1"));
        using var slow = new SlowBody();
        var first = manager.Client.PostAsync("/api/v1/ip-sets", slow);
        await slow.Started;
        var second = await manager.GetAsync("/node");
        for (int i = 0; i < 1000 && second.Code == 200; i++) // until the first has reached the server
        {
            second = await manager.GetAsync("/node");
        }

        Assert.That((second.Code, (string)second.Body!["httpStatus"]!), Is.EqualTo((503, "SERVICE_UNAVAILABLE")));
        slow.Finish();
        using var done = await first;
        Assert.That((int)done.StatusCode, Is.EqualTo(201));
        Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(200));
    }

    /// <summary>A body whose second half comes when it is told to.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public void Finish() => _finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            Headers.ContentType ??= new("application/json");
            await stream.WriteAsync("{"u8.ToArray());
            await stream.FlushAsync();
            _started.SetResult();
            await _finish.Task;
            await stream.WriteAsync("}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
