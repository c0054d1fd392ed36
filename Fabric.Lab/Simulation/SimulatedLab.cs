using System.Security.Cryptography;
using Fabric.Contracts.V1;
using Fabric.Controller;
using Fabric.HostSwitch;
using Fabric.Lab.Api;
using Fabric.Lab.Configuration;
using Fabric.Lab.Hosting;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;
using Fabric.Lab.Wiring;
using Fabric.Manager;
using Fabric.Packets.Links;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Simulation;

/// <summary>
/// A whole lab in one process and without any privilege: manager, controller and host switches as they always are, over sockets and
/// REST; only the wires are memory and the pods simulated.
/// </summary>
internal sealed class SimulatedLab(LabTopology lab, string folder, LogLevel logLevel) : IAsyncDisposable
{
    private const int Seed = 20_251;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<WebApplication> _services = [];
    private readonly Dictionary<string, SimulatedPod> _pods = [];
    private readonly MemoryUnderlay _underlay = new(lab.Mtu);
    private NodeRunner? _nodes;

    public LabTopology Topology => lab;

    /// <summary>The manager's address.</summary>
    public Uri Api { get; private set; } = new("https://127.0.0.1");

    public string PasswordFile => Path.Combine(folder, "admin-password");

    public IReadOnlyDictionary<string, string> Ids { get; private set; } = new Dictionary<string, string>();

    public MemoryUnderlay Underlay => _underlay;

    public SimulatedPod Pod(string name) => _pods[name];

    public bool HasPod(string name) => _pods.ContainsKey(name);

    public string HostSocket(string hypervisor) => Path.Combine(folder, $"host-{hypervisor}.sock");

    /// <summary>Starts everything and waits until it is realized, as `lab up` does.</summary>
    public async Task StartAsync(Action<string> progress, CancellationToken cancellation)
    {
        string password = await StartControlAsync(cancellation).ConfigureAwait(false);
        progress($"manager at {Api}, controller beside it");
        using var api = new NsxClient(Api, "admin", password);
        Ids = await new FabricConfiguration(api, lab).ApplyAsync(progress, cancellation).ConfigureAwait(false);

        var nodes = new List<(SimulatedNode, ILink)>();
        foreach (var hypervisor in lab.Hypervisors)
        {
            var wires = new SimulatedWires(_underlay);
            nodes.AddRange(hypervisor.Nodes.Select(node => StringNode(wires, hypervisor, node)));
            await StartHostAsync(hypervisor, wires, cancellation).ConfigureAwait(false);
        }

        _nodes = new NodeRunner(nodes);
        foreach (var hypervisor in lab.Hypervisors)
        {
            await PlugAsync(hypervisor, cancellation).ConfigureAwait(false);
        }

        progress($"{lab.Hypervisors.Count} host switches run, {lab.Pods.Count()} simulated pods on wires in memory");
        await new RealizationWait(api, lab, Ids).WaitAsync(HostSocket, cancellation).ConfigureAwait(false);
        progress("realized: every pod's port is up, every tunnel is up");
        foreach (var pod in lab.Pods.Where(pod => pod.Run is not null))
        {
            await new SimulatedShell(Pod(pod.Name)).RunAsync(pod.Run!.Split(' ')).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _nodes?.Dispose();
        foreach (var service in Enumerable.Reverse(_services))
        {
            await service.StopAsync().ConfigureAwait(false);
            await service.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<string> StartControlAsync(CancellationToken cancellation)
    {
        string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await File.WriteAllTextAsync(PasswordFile, password, cancellation).ConfigureAwait(false);
        File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string feed = $"unix:{folder}/feed.sock";
        var manager = await StartAsync(
            new ServiceDefinition("manager", "Manager", typeof(ManagerOptions), "", b => b.AddManager(), a => a.MapManager()),
            new()
            {
                ["Listen"] = "https://127.0.0.1:0",
                ["FeedListen"] = feed,
                ["Data"] = Path.Combine(folder, "manager.db"),
                ["AdminPasswordFile"] = PasswordFile,
            },
            cancellation).ConfigureAwait(false);
        Api = new Uri(manager.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(address => address.StartsWith("https://", StringComparison.Ordinal)));
        await StartAsync(
            new ServiceDefinition("controller", "Controller", typeof(ControllerOptions), "", b => b.AddController(), a => a.MapController()),
            new() { ["Id"] = "controller-1", ["Listen"] = $"unix:{folder}/controller.sock", ["Manager"] = feed },
            cancellation).ConfigureAwait(false);
        return password;
    }

    private Task<WebApplication> StartHostAsync(LabHypervisor hypervisor, SimulatedWires wires, CancellationToken cancellation)
    {
        void Add(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton<ILinkSource>(wires);
            builder.AddHostSwitch();
        }

        return StartAsync(
            new ServiceDefinition("host", HostSwitchOptions.Section, typeof(HostSwitchOptions), "", Add, a => a.MapHostSwitch()),
            new()
            {
                ["NodeId"] = Ids[$"transport-nodes/{hypervisor.Name}"],
                ["Controller"] = $"unix:{folder}/controller.sock",
                ["State"] = Directory.CreateDirectory(Path.Combine(folder, $"host-{hypervisor.Name}")).FullName,
                ["Local"] = $"unix:{HostSocket(hypervisor.Name)}",
                ["Uplink"] = UnderlayWiring.Uplink,
            },
            cancellation);
    }

    private async Task<WebApplication> StartAsync(ServiceDefinition service, Dictionary<string, string?> settings, CancellationToken cancellation)
    {
        var named = settings.Select(setting => KeyValuePair.Create($"{service.Section}:{setting.Key}", setting.Value));
        var app = ServiceRunner.Build(service, named, logLevel);
        _services.Add(app);
        await app.StartAsync(cancellation).ConfigureAwait(false);
        return app;
    }

    private (SimulatedNode Node, ILink Vnic) StringNode(SimulatedWires wires, LabHypervisor hypervisor, LabNode node)
    {
        var vnic = wires.AddVnic(HypervisorWiring.VnicOf(hypervisor, node));
        var simulated = new SimulatedNode(vnic, node.Pods.Select(pod => (SettingsOf(pod), pod.Vlan)), TimeProvider.System, Seed + _pods.Count);
        foreach (var pod in simulated.Pods)
        {
            _pods.Add(pod.Settings.Name, pod);
        }

        return (simulated, vnic);
    }

    private SimulatedPodSettings SettingsOf(LabPod pod)
    {
        var network = lab.NetworkOf(pod);
        return new SimulatedPodSettings(
            pod.Name, pod.Mac, pod.Addresses, network.Router is null ? [] : [.. network.Gateways.Select(gateway => gateway.Address)]);
    }

    private async Task PlugAsync(LabHypervisor hypervisor, CancellationToken cancellation)
    {
        using var channel = new LocalChannel(HostSocket(hypervisor.Name));
        foreach (var node in hypervisor.Nodes)
        {
            var vnic = new Vnic
            {
                VifId = node.VifId,
                Device = HypervisorWiring.VnicOf(hypervisor, node),
                Mac = ByteString.CopyFrom(node.Mac.ToBytes()),
                VmId = NamedId.Uuid(lab.Name, "vm", node.Name),
                VmName = node.Name,
            };
            var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellation);
            await channel.Host.PlugAsync(vnic, options.WithWaitForReady()).ConfigureAwait(false);
        }
    }
}
