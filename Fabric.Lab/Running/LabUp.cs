using System.Security.Cryptography;
using Fabric.Lab.Api;
using Fabric.Lab.Configuration;
using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;
using Fabric.Lab.Simulation;
using Fabric.Lab.State;
using Fabric.Lab.Topology;
using Fabric.Lab.Wiring;

namespace Fabric.Lab.Running;

/// <summary>Brings a lab up, step by step; what fails or is interrupted half way is taken down again.</summary>
internal sealed class LabUp(LabTopology lab, string labFile, Action<string> progress, WiringKind? wanted = null)
{
    public async Task<LabSession> RunAsync(CancellationToken cancellation)
    {
        var wiring = await ChooseWiringAsync(cancellation).ConfigureAwait(false);
        var directory = LabDirectory.Of(lab.Name);
        directory.Create();
        var session = new LabSession(directory, new LabState { Name = lab.Name, Wiring = wiring });
        try
        {
            session.Record(s => s);
            File.Copy(labFile, directory.LabFile);
            await StartAsync(session, cancellation).ConfigureAwait(false);
            session.Record(s => s with { IsUp = true });
            return session;
        }
        catch
        {
            bool isFailure = !cancellation.IsCancellationRequested;
            await new LabDown(session).RunAsync(keepLogs: isFailure).ConfigureAwait(false);
            if (isFailure)
            {
                progress($"it failed and is down again; what its processes wrote is in {directory.KeptLogs}");
            }

            throw;
        }
    }

    private async Task<WiringKind> ChooseWiringAsync(CancellationToken cancellation)
    {
        if (wanted is { } wiring)
        {
            return wiring;
        }

        if (Environment.IsPrivilegedProcess)
        {
            // Root in a container may still be refused.
            var tried = await Shell.RunAsync(["unshare", "--net", "true"], null, cancellation).ConfigureAwait(false);
            if (tried.Succeeded)
            {
                return WiringKind.Namespaces;
            }

            progress($"no network namespaces here ({tried.Error.Trim()}): wires in memory and simulated pods instead");
            return WiringKind.Simulation;
        }

        if (await UserNamespace.WhyNotAsync(cancellation).ConfigureAwait(false) is not { } reason)
        {
            progress("not root: real interfaces inside a user namespace");
            return WiringKind.UserNamespace;
        }

        progress($"not root, and user namespaces are not allowed here ({reason}): wires in memory and simulated pods instead");
        return WiringKind.Simulation;
    }

    private async Task StartAsync(LabSession session, CancellationToken cancellation)
    {
        var directory = session.Directory;
        if (session.State.Wiring == WiringKind.Simulation)
        {
            await new SimulationPart(session, lab).StartAsync(progress, cancellation).ConfigureAwait(false);
            return;
        }

        if (session.State.Wiring == WiringKind.UserNamespace)
        {
            var holder = await UserNamespace.HoldAsync(directory.Log("namespaces"), cancellation).ConfigureAwait(false);
            session.Record(s => s with { Holder = holder });
        }

        await RefuseTakenNamesAsync(session, cancellation).ConfigureAwait(false);
        var api = await StartControlAsync(session, cancellation).ConfigureAwait(false);
        using var client = api;
        var ids = await new FabricConfiguration(client, lab).ApplyAsync(progress, cancellation).ConfigureAwait(false);
        session.Record(s => s with { Ids = ids });

        await new UnderlayWiring(session.Namespaces, lab).BuildAsync(cancellation).ConfigureAwait(false);
        var parts = lab.Hypervisors.Select(h => new HypervisorPart(session, lab, h, session.Names.Hypervisor(h.Name))).ToList();
        foreach (var part in parts)
        {
            await part.WireAsync(cancellation).ConfigureAwait(false);
        }

        progress($"{lab.Nodes.Count()} node VMs and {lab.Pods.Count()} pods wired to {lab.Hypervisors.Count} hypervisors");
        await Task.WhenAll(lab.Hypervisors.Zip(parts, (hypervisor, part) => part.StartAsync(
            ids[$"transport-nodes/{hypervisor.Name}"], $"unix:{directory.Socket("controller")}", UnderlayWiring.Uplink, cancellation))).ConfigureAwait(false);
        progress($"{lab.Hypervisors.Count} host switches run, vnics plugged");
        await new RealizationWait(client, lab, ids).WaitAsync(session.HostSocket, cancellation).ConfigureAwait(false);
        progress("realized: every pod's port is up, every tunnel is up");
        parts.ForEach(p => p.RunPods());
    }

    private static async Task RefuseTakenNamesAsync(LabSession session, CancellationToken cancellation)
    {
        var taken = await session.Namespaces.ListAsync(session.Names.Prefix, cancellation).ConfigureAwait(false);
        if (taken.Count > 0)
        {
            throw new LabFailure($"network namespaces named {session.Names.Prefix}* are there already; choose another name with --name");
        }

        session.Record(s => s with { OwnsNamespaces = true });
    }

    private async Task<NsxClient> StartControlAsync(LabSession session, CancellationToken cancellation)
    {
        var directory = session.Directory;
        string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        using (var file = new FileStream(directory.PasswordFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(password));
        }

        var manager = session.StartService(
            "manager",
            null,
            "manager",
            "--listen", "https://127.0.0.1:0",
            "--feed-listen", $"unix:{directory.Socket("feed")}",
            "--data", directory.Database,
            "--admin-password-file", directory.PasswordFile);
        var controller = session.StartService(
            "controller",
            null,
            "controller",
            "--id", "controller-1",
            "--listen", $"unix:{directory.Socket("controller")}",
            "--manager", $"unix:{directory.Socket("feed")}");
        string ready = await Readiness.WaitForLineAsync(manager, "manager ready", cancellation).ConfigureAwait(false);
        await Readiness.WaitForLineAsync(controller, "controller ready", cancellation).ConfigureAwait(false);
        string address = ready.Split(' ').First(w => w.StartsWith("https://", StringComparison.Ordinal));
        session.Record(s => s with { Api = address });
        progress($"manager at {address}, controller beside it");
        return new NsxClient(new Uri(address), "admin", password);
    }
}
