using Fabric.Lab.Api;
using Fabric.Lab.Configuration;
using Fabric.Lab.Processes;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Simulation;

/// <summary>The one process of a simulated lab, as `lab up` starts it: it keeps the layout of a real lab's folder, so that other commands find all.</summary>
internal sealed class SimulationPart(LabSession session, LabTopology lab)
{
    public const string ReadyLine = "simulation ready";

    public async Task StartAsync(Action<string> progress, CancellationToken cancellation)
    {
        string folder = session.Directory.Root;
        var process = session.StartService(
            "simulation", null, "lab", "simulate", "--lab", session.Directory.LabFile, "--name", lab.Name, "--overlay", lab.Overlay.ToString(), "--folder", folder);
        string ready = await Readiness.WaitForLineAsync(process, ReadyLine, cancellation).ConfigureAwait(false);
        string address = ready[ReadyLine.Length..].Trim();
        session.Record(s => s with { Api = address });
        string password = await File.ReadAllTextAsync(session.Directory.PasswordFile, cancellation).ConfigureAwait(false);
        using var api = new NsxClient(new Uri(address), "admin", password.Trim());

        // Safe to repeat, and says the ids of all that the simulation has configured.
        var ids = await new FabricConfiguration(api, lab).ApplyAsync(_ => { }, cancellation).ConfigureAwait(false);
        session.Record(s => s with { Ids = ids });
        progress($"manager at {address}; {lab.Hypervisors.Count} host switches and {lab.Pods.Count()} simulated pods in one process, wires in memory");
        progress("realized: every pod's port is up, every tunnel is up");
    }
}
