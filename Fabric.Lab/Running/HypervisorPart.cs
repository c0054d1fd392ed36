using Fabric.Contracts.V1;
using Fabric.Lab.Api;
using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;
using Fabric.Lab.Topology;
using Fabric.Lab.Wiring;
using Google.Protobuf;
using Grpc.Core;

namespace Fabric.Lab.Running;

/// <summary>
/// One hypervisor brought to life: its node VMs and pods as namespaces, its host switch, a tagger in each node, the vnics plugged and
/// the pods' commands running. A piece of `lab up`, and all of what `lab hypervisor` does in a container.
/// </summary>
internal sealed class HypervisorPart(LabSession session, LabTopology lab, LabHypervisor hypervisor, string? hypervisorNamespace)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task WireAsync(CancellationToken cancellation)
        => new HypervisorWiring(session.Namespaces, lab, hypervisor, hypervisorNamespace).BuildAsync(cancellation);

    /// <param name="nodeId">The transport node's id.</param>
    /// <param name="controller">Where the controller listens.</param>
    /// <param name="uplink">The interface that leads to the other hypervisors.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task StartAsync(string nodeId, string controller, string uplink, CancellationToken cancellation)
    {
        string host = $"host-{hypervisor.Name}";
        var started = new List<(RecordedProcess Process, string Ready)>
        {
            (session.StartService(
                host,
                hypervisorNamespace,
                "host",
                "--node-id", nodeId,
                "--controller", controller,
                "--state", session.Directory.Folder(host),
                "--local", $"unix:{session.HostSocket(hypervisor.Name)}",
                "--uplink", uplink), "host ready"),
        };
        foreach (var node in hypervisor.Nodes)
        {
            string ports = string.Join(',', node.Pods.Select(p => $"{HypervisorWiring.PodDevice(p)}={p.Vlan}"));
            started.Add((session.StartService(
                $"tagger-{node.Name}", session.Names.Node(node.Name), "tagger", "--vnic", "eth0", "--ports", ports), "tagger ready"));
        }

        foreach (var (process, ready) in started)
        {
            await Readiness.WaitForLineAsync(process, ready, cancellation).ConfigureAwait(false);
        }

        await PlugAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs what the lab file says in each pod, once the pods can be reached.</summary>
    public void RunPods()
    {
        foreach (var pod in hypervisor.Nodes.SelectMany(n => n.Pods).Where(p => p.Run is not null))
        {
            session.Start($"pod-{pod.Name}", session.Namespaces.Enter(session.Names.Pod(pod.Name), ["sh", "-c", $"exec {pod.Run}"]));
        }
    }

    private async Task PlugAsync(CancellationToken cancellation)
    {
        using var channel = new LocalChannel(session.HostSocket(hypervisor.Name));
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
            try
            {
                var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellation);
                await channel.Host.PlugAsync(vnic, options.WithWaitForReady()).ConfigureAwait(false);
            }
            catch (RpcException refused)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new LabFailure($"host switch {hypervisor.Name} did not take {vnic.Device}: {refused.Status.Detail}");
            }
        }
    }
}
