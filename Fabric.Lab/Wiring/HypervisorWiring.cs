using Fabric.Lab.Topology;

namespace Fabric.Lab.Wiring;

/// <summary>
/// One hypervisor's node VMs and pods: a namespace each, joined by veth pairs. The hypervisor's end of a vnic is `vnicN`, the node's
/// end `eth0`; the node's end of a pod's interface is `podVLAN`, the pod's end `eth0`.
/// </summary>
internal sealed class HypervisorWiring(Namespaces namespaces, LabTopology lab, LabHypervisor hypervisor, string? hypervisorNamespace)
{
    private readonly NamespaceNames _names = new(lab.Name);

    public static string VnicOf(LabHypervisor hypervisor, LabNode node) => $"vnic{hypervisor.Nodes.ToList().IndexOf(node) + 1}";

    public static string PodDevice(LabPod pod) => $"pod{pod.Vlan}";

    public async Task BuildAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var node in hypervisor.Nodes)
        {
            string name = _names.Node(node.Name);
            string vnic = VnicOf(hypervisor, node);
            await namespaces.CreateAsync(name, cancellation).ConfigureAwait(false);
            lines.Add($"link add {vnic} type veth peer name eth0 address {node.Mac} netns {name}");
            lines.Add($"link set {vnic} addrgenmode none");
            lines.Add($"link set {vnic} up");
        }

        await namespaces.ConfigureAsync(hypervisorNamespace, lines, cancellation).ConfigureAwait(false);
        foreach (var node in hypervisor.Nodes)
        {
            await BuildNodeAsync(node, cancellation).ConfigureAwait(false);
        }
    }

    private async Task BuildNodeAsync(LabNode node, CancellationToken cancellation)
    {
        List<string> lines = ["link set lo up", "link set eth0 addrgenmode none", "link set eth0 up"];
        foreach (var pod in node.Pods)
        {
            string device = PodDevice(pod);
            await namespaces.CreateAsync(_names.Pod(pod.Name), cancellation).ConfigureAwait(false);
            lines.Add($"link add {device} type veth peer name eth0 address {pod.Mac} netns {_names.Pod(pod.Name)}");
            lines.Add($"link set {device} addrgenmode none");
            lines.Add($"link set {device} up");
        }

        await namespaces.ConfigureAsync(_names.Node(node.Name), lines, cancellation).ConfigureAwait(false);
        foreach (var pod in node.Pods)
        {
            await namespaces.ConfigureAsync(_names.Pod(pod.Name), PodLines(pod), cancellation).ConfigureAwait(false);
        }
    }

    private IEnumerable<string> PodLines(LabPod pod)
    {
        yield return "link set lo up";
        yield return "link set eth0 addrgenmode none"; // only the addresses that the fabric knows
        yield return "link set eth0 up";
        foreach (var address in pod.Addresses)
        {
            // Addresses are unique by configuration: waiting a second for duplicates (RFC 4862, 5.4) would only slow the start.
            yield return $"addr add {address} dev eth0{(address.Address.IsIpv4 ? "" : " nodad")}";
        }

        var network = lab.NetworkOf(pod);
        if (network.Router is null)
        {
            yield break;
        }

        foreach (var gateway in network.Gateways)
        {
            yield return $"route add {(gateway.Address.IsIpv4 ? "0.0.0.0/0" : "::/0")} via {gateway.Address}";
        }
    }
}
