using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Tests.Contract;

/// <summary>
/// Hostile requests to every operation that is served: never a 500, never a stack trace, never a hang, and a database that reads back as it
/// was. FABRIC_FUZZ_ROUNDS asks for more than the usual two per operation, FABRIC_FUZZ_SEED for others.
/// </summary>
internal sealed class FuzzTests
{
    private const int UsualSeed = 20_260_101;

    /// <summary>What would lock the test itself out.</summary>
    private static readonly string[] Spared = ["/api/v1/node/users", "/api/v1/node/aaa", "/api/v1/cluster/api-service", "/api/v1/aaa/role-bindings", "/policy/api/v1/aaa/role-bindings", "/api/v1/api/session"];

    private static readonly string[] Traces = ["   at ", "Exception", "System.", "Fabric.Manager.", "/src/"];

    [Test]
    public async Task Nothing_that_a_client_sends_breaks_the_manager()
    {
        int rounds = int.Parse(Environment.GetEnvironmentVariable("FABRIC_FUZZ_ROUNDS") ?? "2", CultureInfo.InvariantCulture);
        int seed = int.Parse(Environment.GetEnvironmentVariable("FABRIC_FUZZ_SEED") ?? $"{UsualSeed}", CultureInfo.InvariantCulture);
        string folder = RunningManager.NewFolder();
        var wrong = new List<string>();
        int sent = 0;
        ResourceStore store;
        var (manager, _) = await FilledManager.StartAsync(folder);
        await using (manager)
        {
            using var client = manager.NewClient();
            client.Timeout = TimeSpan.FromSeconds(30);
            var targets = await TargetsAsync(manager);
            var hostile = new HostileRequests(new Random(seed));
            for (int round = 0; round < rounds; round++)
            {
                foreach (var (method, path, known) in targets)
                {
                    using var request = hostile.Next(method, path, known);
                    string what = $"{method} {request.RequestUri}";
                    sent++;
                    try
                    {
                        using var answer = await client.SendAsync(request);
                        string text = await answer.Content.ReadAsStringAsync();
                        if (!(text.Length == 0 && (what.Contains("%00", StringComparison.Ordinal) || what.Length > 4000)) && Fault((int)answer.StatusCode, text) is { } fault) // the server itself cuts those off
                        {
                            wrong.Add($"{what}: {fault}\n  sent {(request.Content is null ? "" : Shorten(await request.Content.ReadAsStringAsync()))}");
                        }
                    }
                    catch (TaskCanceledException)
                    {
                        wrong.Add($"{what}: no answer within 30 seconds");
                    }
                    catch (UriFormatException)
                    {
                        sent--; // the client itself will not send it
                    }
                }
            }

            Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(200));
            store = manager.Services.GetRequiredService<ResourceStore>();
        }

        await TestContext.Out.WriteLineAsync($"{sent} requests with seed {seed}");
        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {sent} with seed {seed}:\n{string.Join('\n', wrong)}");
        using (var database = new SqliteDatabase(Options.Create(new ManagerOptions { Data = Path.Combine(folder, "manager.db") })))
        {
            Assert.That(Whole(database.Open(new IdSource(), 1000).Model), Is.EqualTo(Whole(store.Current)), "the database reads back as it was");
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestCase("POST /api/v1/ip-sets HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\nnonsense\r\n0\r\n\r\n")]
    [TestCase("POST /api/v1/ip-sets HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [TestCase("POST /api/v1/ip-sets HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Length: -5\r\n\r\n{}")]
    [TestCase("POST /api/v1/ip-sets HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ")]
    [TestCase("GET /api/v1/ip-sets\r\n\r\n")]
    [TestCase("GET /api/v1/\u0001 HTTP/1.1\r\nHost: x\r\nAUTH\r\n\r\n")]
    [TestCase("GET /api/v1/%zz%00 HTTP/1.1\r\nHost: x\r\nAUTH\r\n\r\n")]
    [TestCase("GET /api/v1/ip-sets HTTP/9.9\r\nHost: x\r\nAUTH\r\n\r\n")]
    [TestCase("NONSENSE\u00ff\u00fe\r\n\r\n")]
    [TestCase("GET /api/v1/ip-sets HTTP/1.1\r\nHost: x\r\nAUTH\r\nX-Big: BIG\r\n\r\n")]
    [TestCase("GET /api/v1/ip-sets?query=BIG HTTP/1.1\r\nHost: x\r\nAUTH\r\n\r\n")]
    public async Task A_broken_message_is_answered_or_cut_off_and_the_next_client_is_served(string message)
    {
        await using var manager = await RunningManager.StartAsync("none");
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{RunningManager.Password}"));
        byte[] bytes = Encoding.Latin1.GetBytes(message
            .Replace("AUTH", $"Authorization: Basic {credentials}", StringComparison.Ordinal)
            .Replace("BIG", new string('b', 60_000), StringComparison.Ordinal));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new TcpClient();
        await socket.ConnectAsync(manager.Address.Host, manager.Address.Port, limit.Token);
        await using var stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) => shown is not null);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
        await stream.WriteAsync(bytes, limit.Token);
        byte[] buffer = new byte[64 * 1024];
        int read = 0;
        try
        {
            read = await stream.ReadAsync(buffer, limit.Token);
        }
        catch (IOException)
        {
            // cut off, which is an answer too
        }

        string answer = Encoding.Latin1.GetString(buffer, 0, read);
        Assert.That(answer, Does.Not.Contain("HTTP/1.1 500").And.Not.Contain("   at "));
        Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(200));
    }

    /// <summary>Every operation that is served, at a path that is there if there is one, with the object to spoil.</summary>
    private static async Task<List<(HttpMethod Method, string Path, JsonObject? Known)>> TargetsAsync(RunningManager manager)
    {
        var finder = new PathFinder(manager);
        var targets = new List<(HttpMethod, string, JsonObject?)>();
        foreach (var operation in KnownOperations.All.Where(operation => !Spared.Any(spared => operation.Template.StartsWith(spared, StringComparison.Ordinal))))
        {
            if (operation.Template.Contains("/global-infra", StringComparison.Ordinal))
            {
                continue;
            }

            string query = operation.Text[operation.Template.Length..];
            var paths = await finder.FindAsync(operation.Template);
            string path = paths.Count > 0 ? paths[0] : operation.Template.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            var read = operation.Methods.Contains("GET") && query.Length == 0 ? await manager.GetAsync(path) : null;
            var known = read?.Code == 200 ? read.Body as JsonObject : null;
            if (read?.Code == 501)
            {
                continue;
            }

            targets.AddRange(operation.Methods.Where(method => method != "DELETE" || paths.Count == 0).Select(method => (HttpMethod.Parse(method), path + query, known?["results"] is null ? known : null)));
        }

        return targets;
    }

    private static string? Fault(int status, string text)
    {
        if (status == 500 || Traces.Any(trace => text.Contains(trace, StringComparison.Ordinal) && status >= 400))
        {
            return $"{status} {Shorten(text)}";
        }

        if (status < 400)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) is JsonObject body && body["error_code"] is not null && body["error_message"] is not null ? null : $"{status} without an error's body: {Shorten(text)}";
        }
        catch (JsonException)
        {
            return $"{status} with a body that is no JSON: {Shorten(text)}";
        }
    }

    private static string Whole(FabricModel model)
        => string.Join('\n', model.Everything.Select(resource => $"{ResourceKey.Of(resource)} {ResourceJson.Store(resource)}").Order(StringComparer.Ordinal));

    private static string Shorten(string text) => text.Length > 400 ? text[..400] + "..." : text;
}
