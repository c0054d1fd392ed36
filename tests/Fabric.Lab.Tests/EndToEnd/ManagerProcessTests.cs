using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>`fabric manager` alone, as a user of the API alone runs it. Needs no privilege.</summary>
[NonParallelizable]
internal sealed class ManagerProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("fm-").FullName;
        File.WriteAllText(Path.Combine(_folder, "password"), "VMware1!VMware1!\n");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_says_when_it_is_ready_and_ends_cleanly_on_SIGTERM()
    {
        using var manager = Start();
        using var api = await ConnectAsync(manager);
        Assert.That((int)(await api.GetAsync("transport-zones")).StatusCode, Is.EqualTo(200));
        await SignalAsync(manager, "-TERM");
        Assert.That((await manager.EndAsync(Patience)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task What_it_acknowledged_survives_SIGKILL_and_so_does_its_certificate()
    {
        var acknowledged = new List<string>();
        string? certificate;
        using (var manager = Start())
        {
            using var api = await ConnectAsync(manager);
            certificate = _certificate;
            var writers = Enumerable.Range(0, 4).Select(async writer =>
            {
                try
                {
                    for (int number = 0; ; number++)
                    {
                        string name = $"set-{writer}-{number}";
                        using var response = await api.PostAsJsonAsync("ip-sets", new { display_name = name, ip_addresses = new[] { "192.0.2.1" } });
                        Assert.That((int)response.StatusCode, Is.EqualTo(201));
                        lock (acknowledged)
                        {
                            acknowledged.Add(name);
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // killed: what was not answered may be there or not
                }
            }).ToList();
            await Eventually.AsyncTrue(() => Task.FromResult(acknowledged.Count > 50), Patience, () => "fifty writes");
            await SignalAsync(manager, "-KILL");
            await Task.WhenAll(writers);
        }

        using var again = Start();
        using var client = await ConnectAsync(again);
        var names = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = (await client.GetFromJsonAsync<JsonNode>($"ip-sets?page_size=1000{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"))!;
            names.UnionWith(page["results"]!.AsArray().Select(set => (string)set!["display_name"]!));
            cursor = (string?)page["cursor"];
        }
        while (!string.IsNullOrEmpty(cursor));
        Assert.Multiple(() =>
        {
            Assert.That(acknowledged.Except(names), Is.Empty, "acknowledged and lost");
            Assert.That(_certificate, Is.EqualTo(certificate), "clients that trust the certificate go on");
        });
        await TestContext.Out.WriteLineAsync($"{acknowledged.Count} acknowledged writes, all there after SIGKILL");
    }

    [Test]
    public async Task A_bad_request_is_answered_in_the_form_of_NSX()
    {
        using var manager = Start();
        using var api = await ConnectAsync(manager);
        await MustRefuseAsync(await api.PostAsJsonAsync("ip-sets", new { display_name = "x", ip_adresses = new[] { "192.0.2.1" } }), 400, "ip_adresses");
        await MustRefuseAsync(await api.PostAsJsonAsync("ip-sets", new { display_name = "x", ip_addresses = "192.0.2.1" }), 400, "ip_addresses");
        await MustRefuseAsync(
            await api.PostAsJsonAsync("logical-switches", new { display_name = "x", transport_zone_id = Guid.Empty, admin_state = "UP", replication_mode = "SOURCE" }),
            400,
            Guid.Empty.ToString());
        var made = (await (await api.PostAsJsonAsync("ip-sets", new { display_name = "x" })).Content.ReadFromJsonAsync<JsonNode>())!;
        made["_revision"] = 7;
        await MustRefuseAsync(await api.PutAsJsonAsync($"ip-sets/{(string)made["id"]!}", made), 412, "");
        await MustRefuseAsync(await api.GetAsync($"ip-sets/{Guid.Empty}"), 404, "");
    }

    [TestCase("--listen", "ftp://nowhere")]
    [TestCase("--seed", "everything")]
    [TestCase("--colour", "blue")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string option, string value)
    {
        var outcome = await Command.RunAsync(Command.Fabric("manager", "--data", Path.Combine(_folder, "m.db"), option, value));
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.All);
        Assert.That(outcome.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), outcome.All);
    }

    [TestCase("manager", "--admin-password-file", "FABRIC_MANAGER_ADMIN_PASSWORD_FILE")]
    [TestCase("controller", "--manager", "FABRIC_CONTROLLER_MANAGER")]
    [TestCase("host", "--uplink", "FABRIC_HOST_UPLINK")]
    public async Task Help_names_flags_and_variables(string service, string flag, string variable)
    {
        var help = (await Command.RunAsync(Command.Fabric(service, "--help"))).MustSucceed();
        Assert.That(help.Output, Does.Contain(flag).And.Contain(variable));
    }

    private string? _certificate;

    private RunningCommand Start() => Command.Start(Command.Fabric(
        "manager", "--listen", "https://127.0.0.1:0", "--data", Path.Combine(_folder, "m.db"), "--admin-password-file", Path.Combine(_folder, "password"), "--seed", "default"));

    private async Task<HttpClient> ConnectAsync(RunningCommand manager)
    {
        await manager.WaitForAsync("manager ready https://", Patience);
        string address = manager.Output.Split('\n').First(line => line.StartsWith("manager ready", StringComparison.Ordinal)).Trim().Split(' ')[2];
        var client = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                _certificate = certificate?.Thumbprint;
                return true;
            },
        })
        {
            BaseAddress = new Uri($"{address}/api/v1/"),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:VMware1!VMware1!")));
        (await client.GetAsync("transport-zones")).EnsureSuccessStatusCode();
        return client;
    }

    private static async Task MustRefuseAsync(HttpResponseMessage response, int status, string named)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        var body = JsonNode.Parse(text)!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)body["httpStatus"], Is.Not.Null, text);
            Assert.That((int?)body["error_code"], Is.Not.Null, text);
            Assert.That((string?)body["module_name"], Is.Not.Null, text);
            Assert.That((string?)body["error_message"], Does.Contain(named), text);
        });
    }

    private static Task<CommandOutcome> SignalAsync(RunningCommand process, string signal)
        => Command.RunAsync("kill", signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
