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
            await WholeDatagramsAsync(hypervisor, Uplink, cancellation).ConfigureAwait(false);
            await WholeDatagramsAsync(names.Underlay, PortOf(at), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The underlay's port of a hypervisor, by its place in the lab.</summary>
    public static string PortOf(int hypervisor) => $"hv{hypervisor + 1}";

    /// <summary>
    /// The tunnels hand the kernel runs of datagrams; cut before the wire, a capture there shows each as it would travel. Without
    /// ethtool the traffic is the same, only such captures show the runs.
    /// </summary>
    private async Task WholeDatagramsAsync(string name, string device, CancellationToken cancellation)
    {
        string ethtool = File.Exists("/usr/sbin/ethtool") ? "/usr/sbin/ethtool" : "ethtool";
        string[] off = ["sh", "-c", $"{ethtool} -K {device} tx-udp-segmentation off 2>/dev/null || true"];
        await Shell.RunAsync(namespaces.Enter(name, off), null, cancellation).ConfigureAwait(false);
    }
}
