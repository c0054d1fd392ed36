using Fabric.HostSwitch.Agent;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;
using Fabric.Packets.Links.Linux;
using Fabric.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>
/// A hypervisor and its one VM as two network namespaces, joined by a vnic; the host switch runs in this process with the kernel's
/// links of the hypervisor's namespace.
/// </summary>
internal sealed class KernelHypervisor : IAsyncDisposable
{
    private readonly TemporaryNamespace _vm;
    private readonly string _folder;

    private KernelHypervisor(TemporaryNamespace host, TemporaryNamespace vm, string vif, string ip)
    {
        (Host, _vm, Vif, Ip) = (host, vm, vif, ip);
        _folder = RunningHost.NewFolder();
    }

    public TemporaryNamespace Host { get; }

    public string Vif { get; }

    public string Ip { get; }

    public string Mac => Frames.MacOf(Ip).ToString();

    public ScriptedController? Controller { get; private set; }

    public RunningHost Switch { get; private set; } = null!;

    public static KernelHypervisor CreateOrIgnore(string vif, string ip)
    {
        var host = TemporaryNamespace.CreateOrIgnore();
        var vm = TemporaryNamespace.CreateOrIgnore();
        host.Run($"link add vnic0 type veth peer name eth0 netns {vm.Name}");
        host.Run("link set vnic0 up");
        var made = new KernelHypervisor(host, vm, vif, ip);
        vm.Run($"link set eth0 address {made.Mac}");
        vm.Run("link set eth0 up");
        vm.Run($"addr add {ip}/24 dev eth0");
        return made;
    }

    public void Wire(KernelHypervisor other) => Host.ConnectTo(other.Host, "up0", "up0", mtu: 1_700);

    public async Task StartAsync()
    {
        Controller = await ScriptedController.StartAsync(RunningHost.ControllerOf(_folder));
        await StartSwitchAsync();
        await Switch.PlugAsync(Vif, Mac, "vnic0");
    }

    public async Task StartSwitchAsync() => Switch = await RunningHost.StartAsync(_folder, new NamespacedLinks(Host.Path), "up0");

    public async Task StopControllerAsync()
    {
        await Controller!.DisposeAsync();
        Controller = null;
    }

    /// <summary>Runs a command in the VM; its exit code and what it said.</summary>
    public (int ExitCode, string Said) InVm(params string[] command) => Command.Run("ip", ["netns", "exec", _vm.Name, .. command]);

    public async ValueTask DisposeAsync()
    {
        if (Switch is not null)
        {
            await Switch.DisposeAsync();
        }

        if (Controller is not null)
        {
            await Controller.DisposeAsync();
        }

        _vm.Dispose();
        Host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The kernel's links, opened within a namespace.</summary>
    private sealed class NamespacedLinks(string path) : ILinkSource
    {
        private readonly KernelLinks _links = new(
            new UplinkAddresses(NullLogger<UplinkAddresses>.Instance), NullLogger<KernelLinks>.Instance);

        public ILink? OpenVnic(string device) => NetworkNamespace.Run(path, () => _links.OpenVnic(device));

        public ITunnelSocket? OpenTunnel(string uplink, IpPrefix local) => NetworkNamespace.Run(path, () => _links.OpenTunnel(uplink, local));
    }
}
