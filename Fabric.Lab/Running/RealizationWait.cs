using Fabric.Contracts.V1;
using Fabric.Lab.Api;
using Fabric.Lab.Hosting;
using Fabric.Lab.Topology;
using Grpc.Core;

namespace Fabric.Lab.Running;

/// <summary>Waits until what the API was asked for is in force on the hosts, and names what is missing when it takes too long.</summary>
internal sealed class RealizationWait(NsxClient api, LabTopology lab, IReadOnlyDictionary<string, string> ids)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public async Task WaitAsync(Func<string, string> hostSocket, CancellationToken cancellation)
    {
        await UntilAsync(PortsDownAsync, cancellation).ConfigureAwait(false);
        await UntilAsync(ObjectsPendingAsync, cancellation).ConfigureAwait(false);
        await UntilAsync(token => TunnelsDownAsync(hostSocket, token), cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks until nothing is missing.</summary>
    private static async Task UntilAsync(Func<CancellationToken, Task<string?>> missing, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (await missing(cancellation).ConfigureAwait(false) is { } still)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new LabFailure($"not realized after {Patience.TotalSeconds:0} s: {still}");
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<string?> PortsDownAsync(CancellationToken cancellation)
    {
        foreach (var pod in lab.Pods)
        {
            string state = await PortStatusAsync(pod, cancellation).ConfigureAwait(false);
            if (state != "UP")
            {
                return $"the port of pod {pod.Name} is {state}";
            }
        }

        return null;
    }

    private async Task<string> PortStatusAsync(LabPod pod, CancellationToken cancellation)
    {
        try
        {
            var status = await api.GetAsync($"logical-ports/{ids[$"logical-ports/{pod.Name}"]}/status", cancellation).ConfigureAwait(false);
            return (string?)status["status"] ?? "UNKNOWN";
        }
        catch (NsxRefusal refusal)
        {
            return $"not reported ({refusal.Message})";
        }
    }

    /// <summary>Switches that pods are on, and the rules, must be in force on every host they concern.</summary>
    private async Task<string?> ObjectsPendingAsync(CancellationToken cancellation)
    {
        var objects = lab.Networks.Where(n => lab.Pods.Any(p => p.Network == n.Name)).Select(n => $"logical-switches/{n.Name}");
        foreach (string name in lab.Rules.Count > 0 ? objects.Append($"firewall/sections/{lab.Name}") : objects)
        {
            string collection = name[..name.LastIndexOf('/')];
            var state = await api.GetAsync($"{collection}/{ids[name]}/state", cancellation).ConfigureAwait(false);
            if ((string?)state["state"] is not "success" and var still)
            {
                return $"{name} is {still ?? "unknown"}{((string?)state["failure_message"] is { } reason ? $": {reason}" : "")}";
            }
        }

        return null;
    }

    /// <summary>Tunnels to our own hosts must be up; an external endpoint may come later.</summary>
    private async Task<string?> TunnelsDownAsync(Func<string, string> hostSocket, CancellationToken cancellation)
    {
        var externals = lab.External.Select(e => ids[$"transport-nodes/{e.Name}"]).ToHashSet();
        foreach (var hypervisor in lab.Hypervisors)
        {
            using var channel = new LocalChannel(hostSocket(hypervisor.Name));
            HostView view;
            try
            {
                view = await channel.Host.ShowAsync(new ShowRequest(), cancellationToken: cancellation).ConfigureAwait(false);
            }
            catch (RpcException refused)
            {
                return $"host switch {hypervisor.Name} does not answer: {refused.Status.Detail}";
            }

            var down = view.Tunnels.FirstOrDefault(t => t.BfdState != "UP" && !externals.Contains(t.RemoteNodeId));
            if (down is not null)
            {
                return $"tunnel {down.Name} of {hypervisor.Name} is {down.BfdState}";
            }
        }

        return null;
    }
}
