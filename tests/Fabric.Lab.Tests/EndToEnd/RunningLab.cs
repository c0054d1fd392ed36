using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Lab.Tests.House;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>
/// A lab of a test's own, brought up by the very command a user types, under a name and a state folder that no other test has. Taking
/// it down checks that nothing stays behind.
/// </summary>
internal sealed class RunningLab : IAsyncDisposable
{
    private static int _count;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly JsonNode _report;

    private RunningLab(string name, string folder, JsonNode report)
    {
        Name = name;
        _folder = folder;
        _environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder };
        _report = report;
        Api = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true })
        {
            BaseAddress = new Uri(new Uri((string)report["api"]!), "/api/v1/"),
        };
        string password = File.ReadAllText((string)report["password_file"]!).Trim();
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{password}")));
    }

    public string Name { get; }

    /// <summary>The manager's API with the admin's credentials.</summary>
    public HttpClient Api { get; }

    public string Underlay => $"{Name}.underlay";

    private string StateFile => Path.Combine(_folder, "labs", Name, "state.json");

    /// <summary>Brings up a sample by its name, or a lab file by its text.</summary>
    public static async Task<RunningLab> StartAsync(string lab, params string[] options)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"fl-{name}")).FullName;
        string file = Repository.PathOf($"samples/{lab}");
        if (lab.Contains('\n', StringComparison.Ordinal))
        {
            file = Path.Combine(folder, "lab.yaml");
            await File.WriteAllTextAsync(file, lab).ConfigureAwait(false);
        }

        var environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder };
        var up = await Command.RunAsync(
            Command.Fabric(["lab", "up", file, "--name", name, "--output", "json", .. options]), environment, TimeSpan.FromSeconds(120)).ConfigureAwait(false);
        if (up.ExitCode != 0)
        {
            Directory.Delete(folder, recursive: true);
            Assert.Fail(up.All);
        }

        return new RunningLab(name, folder, JsonNode.Parse(up.Output)!);
    }

    public string Id(string kindAndName) => (string)_report["ids"]![kindAndName]!;

    public string PodNamespace(string pod) => $"{Name}.pod.{pod}";

    /// <summary>Runs a `fabric` command about this lab.</summary>
    public Task<CommandOutcome> FabricAsync(params IEnumerable<string> arguments) => Command.RunAsync(Command.Fabric(arguments), _environment, null);

    /// <summary>A command in a pod, or in node/NAME or hypervisor/NAME.</summary>
    public IReadOnlyList<string> In(string place, params IEnumerable<string> command) => InNamespace(
        place.Split('/') is [var kind, var name] ? $"{Name}.{kind}.{name}" : PodNamespace(place), command);

    public Task<CommandOutcome> ExecAsync(string place, params IEnumerable<string> command) => Command.RunAsync([.. In(place, command)]);

    public RunningCommand Start(string place, params IEnumerable<string> command) => Command.Start(In(place, command));

    public static IReadOnlyList<string> InNamespace(string name, params IEnumerable<string> command) => ["nsenter", $"--net=/run/netns/{name}", "--", .. command];

    /// <summary>True once the manager is there and has it.</summary>
    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var response = await Api.GetAsync(path).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Api.GetAsync(path).ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        Assert.That(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Kills a part, such as manager or host-hv1, without warning.</summary>
    public async Task KillAsync(string part) => (await FabricAsync("lab", "kill", part, "--lab", Name).ConfigureAwait(false)).MustSucceed();

    /// <summary>Starts a part again with what it had.</summary>
    public async Task RestartAsync(string part) => (await FabricAsync("lab", "restart", part, "--lab", Name).ConfigureAwait(false)).MustSucceed();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        var pids = JsonNode.Parse(await File.ReadAllTextAsync(StateFile).ConfigureAwait(false))!["processes"]!.AsArray()
            .Select(process => (int)process!["pid"]!).ToList();
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            await TestContext.Out.WriteLineAsync((await FabricAsync("lab", "logs", "--lab", Name).ConfigureAwait(false)).Output).ConfigureAwait(false);
        }

        var down = await FabricAsync("lab", "down", "--lab", Name).ConfigureAwait(false);
        var namespaces = await Command.RunAsync("ip", "netns", "list").ConfigureAwait(false);
        bool isFolderLeft = Directory.Exists(Path.Combine(_folder, "labs", Name));
        Directory.Delete(_folder, recursive: true);
        Assert.Multiple(() =>
        {
            Assert.That(down.ExitCode, Is.Zero, down.All);
            Assert.That(namespaces.Output, Does.Not.Contain($"{Name}."), "namespaces stay behind");
            Assert.That(pids.Where(IsFabric), Is.Empty, "processes stay behind");
            Assert.That(isFolderLeft, Is.False, "files stay behind");
        });
    }

    /// <summary>A pid may belong to somebody else by now.</summary>
    private static bool IsFabric(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains("fabric", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
