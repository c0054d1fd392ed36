using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Manager.Realization;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Manager.Tests;

/// <summary>A manager behind real HTTPS on a free port, with a clock of its own and a data file that goes with it.</summary>
internal sealed class RunningManager : IAsyncDisposable
{
    public const string Password = "a-Password+with&odd=chars%1";

    private readonly string _folder;
    private readonly bool _keepsFolder;
    private WebApplication _app = null!;
    private TimeProvider _clock = null!; // Time, unless the test wants the one on the wall: clients of other people check certificates

    private RunningManager(string folder, bool keepsFolder)
    {
        _folder = folder;
        _keepsFolder = keepsFolder;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string DataFile => Path.Combine(_folder, "manager.db");

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningManager> StartAsync(string seed = "default", string? folder = null, string? password = Password, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var manager = new RunningManager(folder ?? Directory.CreateTempSubdirectory("fabric-manager-").FullName, folder is not null);
        manager._clock = clock ?? manager.Time;
        await manager.RunAsync(seed, password, settings);
        return manager;
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("fabric-manager-").FullName;

    /// <summary>A client that trusts this manager's certificate alone and keeps no cookies.</summary>
    public HttpClient NewClient(string? password = Password, string user = "admin", X509Certificate2? certificate = null)
    {
        string trusted = File.ReadAllText(ServerCertificate.PathFor(DataFile));
        var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = 
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && trusted.Contains(new X509Certificate2(shown).ExportCertificatePem(), StringComparison.Ordinal),
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            },
        })
        { BaseAddress = Address };
        if (password is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        return client;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/policy", StringComparison.Ordinal) ? path
            : path == "/org-root" || path.StartsWith("/infra", StringComparison.Ordinal) || path.StartsWith("/orgs", StringComparison.Ordinal) ? "/policy/api/v1" + path : "/api/v1" + path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>When all that was written so far is realized as far as it can be.</summary>
    public Task RealizedAsync()
        => Services.GetRequiredService<RealizationLoop>().SettledAsync(Services.GetRequiredService<ResourceStore>().Current.Sequence);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> PatchAsync(string path, JsonNode body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Creates, expecting 201, and gives what was created.</summary>
    public async Task<JsonObject> CreateAsync(string path, JsonObject body)
    {
        var answer = await PostAsync(path, body);
        Assert.That((int)answer.Status, Is.EqualTo(201), $"POST {path}: {answer.Body}");
        return answer.Object;
    }

    public async Task<string> CreateIdAsync(string path, JsonObject body) => (string)(await CreateAsync(path, body))["id"]!;

    public async Task<string> OverlayZoneAsync()
        => (string)(await GetAsync("/transport-zones?transport_type=OVERLAY")).Results[0]!["id"]!;

    /// <summary>A POST that must be refused with 400 and this code, naming what is wrong, and leave the collection as it was.</summary>
    public async Task RefusesAsync(string path, JsonObject body, int code, string named)
    {
        int before = (await GetAsync(path)).Results.Count;
        var answer = await PostAsync(path, body);
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, code)), $"{answer.Body}");
        Assert.That(answer.Message, Does.Contain(named));
        Assert.That((string)answer.Body!["httpStatus"]!, Is.EqualTo("BAD_REQUEST"));
        Assert.That((string)answer.Body!["module_name"]!, Is.Not.Empty);
        Assert.That((await GetAsync(path)).Results, Has.Count.EqualTo(before));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (!_keepsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task RunAsync(string seed, string? password, (string Key, string Value)[] more)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder });
        var settings = new Dictionary<string, string?>
        {
            ["Manager:Listen"] = "https://127.0.0.1:0",
            ["Manager:FeedListen"] = "http://127.0.0.1:0",
            ["Manager:Data"] = DataFile,
            ["Manager:Seed"] = seed,
            ["Manager:RealizationDelay"] = "00:00:00",
            ["Manager:DeleteDelay"] = "00:00:00",
        };
        if (password is not null)
        {
            string file = Path.Combine(_folder, "password");
            await File.WriteAllTextAsync(file, password + "\n");
            settings["Manager:AdminPasswordFile"] = file;
        }

        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_clock);
        builder.AddManager();
        _app = builder.Build();
        _app.MapManager();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => address.StartsWith("https", StringComparison.Ordinal)));
        Client = NewClient(password);
    }
}

/// <summary>What the manager said.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body)
{
    public int Code => (int)Status;

    public JsonObject Object => (JsonObject)Body!;

    public JsonArray Results => (JsonArray)Body!["results"]!;

    public int ErrorCode => (int)Body!["error_code"]!;

    public string Message => (string)Body!["error_message"]!;
}
