namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>A real ovs-vswitchd with its own database and sockets, in an endpoint's namespace, on the data path that needs no kernel module.</summary>
internal sealed class OpenVSwitch : IAsyncDisposable
{
    private const string Schema = "/usr/share/openvswitch/vswitch.ovsschema";
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly List<RunningCommand> _daemons = [];

    private OpenVSwitch(string folder)
    {
        _folder = folder;
        _environment = new Dictionary<string, string> { ["OVS_RUNDIR"] = folder, ["OVS_DBDIR"] = folder, ["OVS_LOGDIR"] = folder };
    }

    private string Database => $"unix:{_folder}/db.sock";

    public static async Task<OpenVSwitch> StartAsync(ExternalEndpoint endpoint)
    {
        var ovs = new OpenVSwitch(Directory.CreateTempSubdirectory("ovs-").FullName);
        await ovs.RunAsync("ovsdb-tool", "create", $"{ovs._folder}/conf.db", Schema);
        ovs._daemons.Add(Command.Start(["ovsdb-server", $"{ovs._folder}/conf.db", $"--remote=p{ovs.Database}"], ovs._environment));
        await Eventually.SucceedsAsync(() => ovs.TryAsync("ovs-vsctl", $"--db={ovs.Database}", "--no-wait", "init"), TimeSpan.FromSeconds(10));
        ovs._daemons.Add(Command.Start(
            RunningLab.InNamespace(endpoint.Namespace, ["ovs-vswitchd", ovs.Database, "--disable-system"]), ovs._environment));
        return ovs;
    }

    public Task ConfigureAsync(params IEnumerable<string> arguments)
        => RunAsync(["ovs-vsctl", $"--db={Database}", "--timeout=20", .. arguments]);

    public async Task FlowAsync(string bridge, params string[] flows)
    {
        await RunAsync("ovs-ofctl", "del-flows", $"unix:{_folder}/{bridge}.mgmt");
        foreach (string flow in flows)
        {
            await RunAsync("ovs-ofctl", "add-flow", $"unix:{_folder}/{bridge}.mgmt", flow);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _daemons.Reverse();
        foreach (var daemon in _daemons)
        {
            await Command.RunAsync("kill", "-TERM", daemon.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await daemon.EndAsync(TimeSpan.FromSeconds(10));
            daemon.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(params IEnumerable<string> command) => (await TryAsync(command)).MustSucceed();

    private Task<CommandOutcome> TryAsync(params IEnumerable<string> command) => Command.RunAsync([.. command], _environment, null);
}
