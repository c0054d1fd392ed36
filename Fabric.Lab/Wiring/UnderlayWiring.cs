using Fabric.Lab.Processes;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Wiring;

/// <summary>The network between hypervisors: a bridge in a namespace of its own, and one veth pair to each hypervisor.</summary>
internal sealed class UnderlayWiring(Namespaces namespaces, LabTopology lab)
{
    public const string Uplink = "uplink0";
    private const string Bridge = "underlay";

    public async Task BuildAsync(CancellationToken cancellation)
    {
        var names = new NamespaceNames(lab.Name);
        await namespaces.CreateAsync(names.Underlay, cancellation).ConfigureAwait(false);
        List<string> lines =
        [
            "link set lo up",
            $"link add {Bridge} type bridge mcast_snooping 0",
            $"link set {Bridge} addrgenmode none",
            $"link set {Bridge} up",
        ];
        for (int at = 0; at < lab.Hypervisors.Count; at++)
        {
            string hypervisor = names.Hypervisor(lab.Hypervisors[at].Name);
            await namespaces.CreateAsync(hypervisor, cancellation).ConfigureAwait(false);
            lines.Add($"link add {PortOf(at)} mtu {lab.Mtu} type veth peer name {Uplink} mtu {lab.Mtu} netns {hypervisor}");
            lines.Add($"link set {PortOf(at)} addrgenmode none");
            lines.Add($"link set {PortOf(at)} master {Bridge} up");
        }

        await namespaces.ConfigureAsync(names.Underlay, lines, cancellation).ConfigureAwait(false);
        for (int at = 0; at < lab.Hypervisors.Count; at++)
        {
            string hypervisor = names.Hypervisor(lab.Hypervisors[at].Name);
            string[] up = ["link set lo up", $"link set {Uplink} addrgenmode none", $"link set {Uplink} up"];
            await namespaces.ConfigureAsync(hypervisor, up, cancellation).ConfigureAwait(false);
            await AsOnAWireAsync(hypervisor, Uplink, cancellation).ConfigureAwait(false);
            await AsOnAWireAsync(names.Underlay, PortOf(at), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The underlay's port of a hypervisor, by its place in the lab.</summary>
    public static string PortOf(int hypervisor) => $"hv{hypervisor + 1}";

    /// <summary>
    /// What a network card would do on the way out, the kernel does on a veth's: cut runs of datagrams and whole tunnelled segments,
    /// and finish checksums. Without it a capture here would not show what a wire carries, and a tunnel endpoint that is not ours
    /// (a Linux vxlan device) would hand its neighbors frames of 64 KB. Needs ethtool; our own hosts get along without.
    /// </summary>
    private async Task AsOnAWireAsync(string name, string device, CancellationToken cancellation)
    {
        string ethtool = File.Exists("/usr/sbin/ethtool") ? "/usr/sbin/ethtool" : "ethtool";
        string[] features = ["tx-udp-segmentation", "tx-udp_tnl-segmentation", "tx-udp_tnl-csum-segmentation", "tso", "tx"];
        string off = string.Join(' ', features.Select(feature => $"{feature} off"));
        string[] command = ["sh", "-c", $"{ethtool} -K {device} {off} >/dev/null 2>&1 || true"];
        await Shell.RunAsync(namespaces.Enter(name, command), null, cancellation).ConfigureAwait(false);
    }
}
