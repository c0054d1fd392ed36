using System.CommandLine;
using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Lab.Api;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;
using Grpc.Core;

namespace Fabric.Lab.Commands;

/// <summary>`fabric lab status`: processes, hosts with their tunnels, and pods with their ports' state and counters.</summary>
internal static class LabStatusCommand
{
    public static Command Create()
    {
        var output = OutputOption.Create();
        var status = new Command("status", "Show a lab: processes, hosts, tunnels, pods and their counters.") { LabCommand.LabName, output };
        status.SetAction(async (parsed, _) =>
        {
            var session = LabSession.Open(parsed.GetValue(LabCommand.LabName));
            var lab = session.ReadLab();
            var view = await GatherAsync(session, lab).ConfigureAwait(false);
            Console.WriteLine(parsed.GetValue(output) == OutputForm.Json ? OutputOption.Json(view) : Text(view));
            return view.Processes.All(p => p.IsAlive) ? 0 : 1;
        });
        return status;
    }

    private static async Task<LabView> GatherAsync(LabSession session, LabTopology lab)
    {
        var processes = session.State.Processes.Select(p => new ProcessView(p.Name, p.Pid, p.IsAlive)).ToList();
        var hosts = await Task.WhenAll(lab.Hypervisors.Select(h => HostAsync(session, h))).ConfigureAwait(false);
        var pods = new List<PodView>();
        if (session.State.Api is { } address)
        {
            string password = (await File.ReadAllTextAsync(session.Directory.PasswordFile).ConfigureAwait(false)).Trim();
            using var api = new NsxClient(new Uri(address), "admin", password);
            foreach (var pod in lab.Pods)
            {
                pods.Add(await PodAsync(session, lab, pod, api).ConfigureAwait(false));
            }
        }

        return new LabView(session.State.Name, session.State.IsUp ? "up" : "incomplete", session.State.Wiring.ToString(), session.State.Api, processes, hosts, pods);
    }

    private static async Task<LabHostView> HostAsync(LabSession session, LabHypervisor hypervisor)
    {
        using var channel = new LocalChannel(session.HostSocket(hypervisor.Name));
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(3);
            var view = await channel.Host.ShowAsync(new ShowRequest(), deadline: deadline).ConfigureAwait(false);
            var drops = view.Drops.Where(d => d.Value > 0).ToDictionary(d => d.Key, d => d.Value);
            return new LabHostView(hypervisor.Name, true, view.ControllerConnected, view.Generation, [.. view.Tunnels.Select(Tunnel)], view.Flows, view.Connections, drops);
        }
        catch (RpcException)
        {
            return new LabHostView(hypervisor.Name, false, false, 0, [], 0, 0, new Dictionary<string, ulong>());
        }
    }

    private static TunnelView Tunnel(TunnelStatus tunnel)
        => new(
            new System.Net.IPAddress(tunnel.LocalIp.Span).ToString(),
            new System.Net.IPAddress(tunnel.RemoteIp.Span).ToString(),
            tunnel.Encapsulation.ToString().ToLowerInvariant(),
            tunnel.BfdState);

    private static async Task<PodView> PodAsync(LabSession session, LabTopology lab, LabPod pod, NsxClient api)
    {
        string addresses = string.Join(", ", pod.Addresses.Select(a => a.Address));
        string node = lab.NodeOf(pod).Name;
        string hypervisor = lab.HypervisorOf(lab.NodeOf(pod)).Name;
        try
        {
            string port = session.State.Ids[$"logical-ports/{pod.Name}"];
            var status = await api.GetAsync($"logical-ports/{port}/status", CancellationToken.None).ConfigureAwait(false);
            var statistics = await api.GetAsync($"logical-ports/{port}/statistics", CancellationToken.None).ConfigureAwait(false);
            return new PodView(
                pod.Name, hypervisor, node, addresses, (string?)status["status"] ?? "UNKNOWN", Total(statistics, "rx_packets"), Total(statistics, "tx_packets"),
                Dropped(statistics, "rx_packets") + Dropped(statistics, "tx_packets"));
        }
        catch (Exception unknown) when (unknown is NsxRefusal or HttpRequestException or KeyNotFoundException)
        {
            return new PodView(pod.Name, hypervisor, node, addresses, "UNKNOWN", 0, 0, 0);
        }
    }

    private static long Total(JsonObject statistics, string counter) => (long?)statistics[counter]?["total"] ?? 0;

    private static long Dropped(JsonObject statistics, string counter) => (long?)statistics[counter]?["dropped"] ?? 0;

    private static string Text(LabView view)
    {
        var lines = new List<string> { $"lab {view.Name}: {view.State}, API {view.Api}", "" };
        lines.AddRange(Columns.Align(
            [["PROCESS", "PID", "STATE"], .. view.Processes.Select(p => (string[])[p.Name, $"{p.Pid}", p.IsAlive ? "running" : "gone"])]));
        lines.Add("");
        lines.AddRange(Columns.Align(
            [["HYPERVISOR", "CONTROLLER", "GENERATION", "TUNNELS", "FLOWS", "CONNECTIONS"], .. view.Hosts.Select(HostRow)]));
        lines.AddRange(view.Hosts.Where(h => h.Drops.Count > 0).Select(h => $"  {h.Name} dropped: {string.Join(", ", h.Drops.Select(d => $"{d.Key} {d.Value}"))}"));
        lines.Add("");
        lines.AddRange(Columns.Align(
            [["POD", "HYPERVISOR", "NODE", "ADDRESSES", "PORT", "RX", "TX", "DROPPED"], .. view.Pods.Select(PodRow)]));
        return string.Join('\n', lines);
    }

    private static string[] HostRow(LabHostView host)
        => [host.Name, host.Answers ? host.ControllerConnected ? "connected" : "away" : "(no answer)", $"{host.Generation}",
            string.Join(" ", host.Tunnels.Select(t => $"{t.Remote}={t.Bfd}")), $"{host.Flows}", $"{host.Connections}"];

    private static string[] PodRow(PodView pod)
        => [pod.Name, pod.Hypervisor, pod.Node, pod.Addresses, pod.Port, $"{pod.RxPackets}", $"{pod.TxPackets}", $"{pod.Dropped}"];

    private sealed record LabView(
        string Name, string State, string Wiring, string? Api,
        IReadOnlyList<ProcessView> Processes, IReadOnlyList<LabHostView> Hosts, IReadOnlyList<PodView> Pods);

    private sealed record ProcessView(string Name, int Pid, bool IsAlive);

    private sealed record LabHostView(
        string Name, bool Answers, bool ControllerConnected, ulong Generation,
        IReadOnlyList<TunnelView> Tunnels, ulong Flows, ulong Connections, IReadOnlyDictionary<string, ulong> Drops);

    private sealed record TunnelView(string Local, string Remote, string Overlay, string Bfd);

    private sealed record PodView(
        string Name, string Hypervisor, string Node, string Addresses, string Port, long RxPackets, long TxPackets, long Dropped);
}
