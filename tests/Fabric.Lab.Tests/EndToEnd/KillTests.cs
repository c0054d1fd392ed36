using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>
/// `fabric manager`, killed at random moments while clients write: every write that was answered is there afterwards, and of a request that
/// carries many objects all or none. FABRIC_KILL_ROUNDS says how often (8), FABRIC_KILL_SEED with which moments.
/// </summary>
[NonParallelizable]
internal sealed class KillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("FABRIC_KILL_ROUNDS") ?? "8", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("FABRIC_KILL_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Test]
    public async Task Every_acknowledged_write_survives_SIGKILL_and_no_half_of_a_hierarchy_does()
    {
        string folder = Directory.CreateTempSubdirectory("fkill-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), KillClient.Password + "\n");
        var random = new Random(Seed);
        IKillWriter[] writers = [new SetWriter("a"), new SetWriter("b"), new PolicyPatchWriter("c"), new HierarchyWriter("d"), new HierarchyWriter("e")];
        try
        {
            for (int round = 0; round <= Rounds; round++)
            {
                using var manager = Command.Start(Command.Fabric(
                    "manager", "--listen", "https://127.0.0.1:0", "--data", Path.Combine(folder, "m.db"), "--admin-password-file", Path.Combine(folder, "password"), "--seed", "none"));
                using var client = await KillClient.ConnectAsync(manager, Patience);
                foreach (var writer in writers)
                {
                    await writer.CheckAsync(client);
                }

                if (round == Rounds)
                {
                    break;
                }

                int before = writers.Sum(writer => writer.Acknowledged);
                var writing = writers.Select(writer => Task.Run(() => writer.WriteUntilKilledAsync(client))).ToList();
                await Eventually.AsyncTrue(() => Task.FromResult(writers.Sum(writer => writer.Acknowledged) > before + writers.Length), Patience, () => "the first writes");
                await Task.Delay(random.Next(400));
                await Command.RunAsync("kill", "-KILL", manager.Id.ToString(CultureInfo.InvariantCulture));
                await Task.WhenAll(writing);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await TestContext.Out.WriteLineAsync($"{Rounds} times killed (seed {Seed}); acknowledged: {string.Join(", ", writers.Select(writer => $"{writer.Acknowledged} {writer.What}"))}");
        Assert.That(writers.Sum(writer => writer.Acknowledged), Is.GreaterThan(Rounds), "there was something to lose");
    }
}

/// <summary>A client that writes the same objects over and over, remembers what was answered, and says what is wrong with what is left.</summary>
internal interface IKillWriter
{
    string What { get; }

    int Acknowledged { get; }

    Task WriteUntilKilledAsync(KillClient client);

    Task CheckAsync(KillClient client);
}

/// <summary>A connection to the manager of one round.</summary>
internal sealed class KillClient(HttpClient http) : IDisposable
{
    public const string Password = "VMware1!VMware1!";

    public static async Task<KillClient> ConnectAsync(RunningCommand manager, TimeSpan patience)
    {
        await manager.WaitForAsync("manager ready https://", patience);
        string address = manager.Output.Split('\n').First(line => line.StartsWith("manager ready", StringComparison.Ordinal)).Trim().Split(' ')[2];
        var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        return new KillClient(http);
    }

    /// <summary>Null: no such object.</summary>
    public async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(200).Or.EqualTo(404), path);
        return (int)response.StatusCode == 404 ? null : await response.Content.ReadFromJsonAsync<JsonNode>();
    }

    /// <summary>The answer's body; null: the manager was gone before it answered.</summary>
    public async Task<JsonNode?> WriteAsync(HttpMethod method, string path, JsonNode? body)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = JsonContent.Create(body);
            }

            using var response = await http.SendAsync(request);
            string text = await response.Content.ReadAsStringAsync();
            Assert.That((int)response.StatusCode, Is.EqualTo(200).Or.EqualTo(201), $"{method} {path}: {text}");
            return text.Length > 0 ? JsonNode.Parse(text) : new JsonObject();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}
