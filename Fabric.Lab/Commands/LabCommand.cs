using System.CommandLine;
using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;
using Fabric.Lab.Running;
using Fabric.Lab.Simulation;
using Fabric.Lab.State;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Commands;

/// <summary>`fabric lab`: a whole fabric on this machine, up and down again.</summary>
internal static class LabCommand
{
    public static readonly Option<string?> LabName = new("--lab") { Description = "Which lab, if several are up", HelpName = "NAME" };

    public static Command Create()
    {
        var lab = new Command("lab", "Labs: hypervisors, node VMs and pods on this machine, from a lab.yaml.");
        lab.Subcommands.Add(Up());
        lab.Subcommands.Add(LabStatusCommand.Create());
        lab.Subcommands.Add(Exec());
        lab.Subcommands.Add(Logs());
        lab.Subcommands.Add(LabFaultCommands.Kill());
        lab.Subcommands.Add(LabFaultCommands.Restart());
        lab.Subcommands.Add(Down());
        lab.Subcommands.Add(Check());
        lab.Subcommands.Add(LabPartCommands.Configure());
        lab.Subcommands.Add(LabPartCommands.Hypervisor());
        lab.Subcommands.Add(LabSimulateCommand.Create());
        return lab;
    }

    private static Command Up()
    {
        var file = new Argument<string>("file") { Description = "A lab.yaml, or the folder it is in" };
        var name = new Option<string?>("--name") { Description = "A name other than the file's", HelpName = "NAME" };
        var overlay = new Option<Overlay?>("--overlay") { Description = "An encapsulation other than the file's" };
        var wiring = new Option<WiringKind?>("--wiring") { Description = "How wires are made; the most real that is allowed unless given" };
        var output = OutputOption.Create();
        var up = new Command("up", "Start a lab: processes, namespaces, and its configuration through the REST API.") { file, name, overlay, wiring, output };
        up.SetAction(async (parsed, _) =>
        {
            string path = LabFile.PathOf(parsed.GetValue(file)!);
            var lab = LabFile.Read(path, parsed.GetValue(name), parsed.GetValue(overlay));
            bool isJson = parsed.GetValue(output) == OutputForm.Json;
            var progress = isJson ? Console.Error : Console.Out;
            using var interruption = new Interruption();
            try
            {
                var session = await new LabUp(lab, path, line => progress.WriteLine($"  {line}"), parsed.GetValue(wiring)).RunAsync(interruption.Token).ConfigureAwait(false);
                UpReport.Write(session, isJson, Console.Out);
                return 0;
            }
            catch (OperationCanceledException)
            {
                throw new LabFailure("interrupted; the lab is down again");
            }
        });
        return up;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A lab.yaml, or the folder it is in" };
        var check = new Command("check", "Read a lab file and say what is wrong with it, without starting anything.") { file };
        check.SetAction(parsed =>
        {
            var lab = LabFile.Read(parsed.GetValue(file)!);
            Console.WriteLine($"{lab.Name}: {lab.Hypervisors.Count} hypervisors, {lab.Nodes.Count()} node VMs, {lab.Pods.Count()} pods, {lab.Networks.Count} networks");
            return 0;
        });
        return check;
    }

    private static Command Down()
    {
        var all = new Option<bool>("--all") { Description = "Every lab of yours that is up" };
        var which = new Argument<string?>("name") { Description = "Which lab, if several are up", Arity = ArgumentArity.ZeroOrOne };
        var output = OutputOption.Create();
        var down = new Command("down", "Stop a lab; nothing stays behind.") { which, LabName, all, output };
        down.SetAction(async (parsed, _) =>
        {
            IReadOnlyList<LabSession> sessions = parsed.GetValue(all)
                ? [.. LabDirectory.All().Select(d => LabSession.Open(d.Name))]
                : [LabSession.Open(parsed.GetValue(which) ?? parsed.GetValue(LabName))];
            foreach (var session in sessions)
            {
                await new LabDown(session).RunAsync().ConfigureAwait(false);
                Console.WriteLine(parsed.GetValue(output) == OutputForm.Json
                    ? OutputOption.Json(new { lab = session.State.Name, state = "down" })
                    : $"lab {session.State.Name} is down");
            }

            return 0;
        });
        return down;
    }

    private static Command Exec()
    {
        var pod = new Argument<string>("pod") { Description = "A pod's name, or node/NAME or hypervisor/NAME for those" };
        var command = new Argument<string[]>("command") { Description = "The command and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var exec = new Command("exec", "Run a command inside a pod: fabric lab exec web-1 -- ping -c 3 10.10.2.2") { pod, command, LabName };
        exec.SetAction(async (parsed, cancellation) =>
        {
            var session = LabSession.Open(parsed.GetValue(LabName));
            var lab = session.ReadLab();
            if (session.State.Wiring == WiringKind.Simulation)
            {
                return await ExecSimulatedAsync(session, parsed.GetValue(pod)!, parsed.GetValue(command)!, cancellation).ConfigureAwait(false);
            }

            string within = NamespaceOf(parsed.GetValue(pod)!, lab, session);
            return await Shell.AttachAsync(session.Namespaces.Enter(within, parsed.GetValue(command)!), Executable.Variables).ConfigureAwait(false);
        });
        return exec;
    }

    private static async Task<int> ExecSimulatedAsync(LabSession session, string pod, string[] command, CancellationToken cancellation)
    {
        using var pods = new SimulatedPods(SimulatedPodService.SocketIn(session.Directory.Root));
        var result = await pods.RunAsync(pod, command, cancellation).ConfigureAwait(false);
        await (result.ExitCode == 0 ? Console.Out : Console.Error).WriteAsync(result.Output).ConfigureAwait(false);
        return result.ExitCode;
    }

    private static string NamespaceOf(string place, LabTopology lab, LabSession session)
    {
        string[] parts = place.Split('/', 2);
        if (parts is ["hypervisor", var hypervisor] && lab.Hypervisors.Any(h => h.Name == hypervisor))
        {
            return session.Names.Hypervisor(hypervisor);
        }

        if (parts is ["node", var node] && lab.Nodes.Any(n => n.Name == node))
        {
            return session.Names.Node(node);
        }

        return parts is [var pod] && lab.Pods.Any(p => p.Name == pod)
            ? session.Names.Pod(pod)
            : throw new UsageException($"no \"{place}\" in lab {lab.Name}; its pods are {string.Join(", ", lab.Pods.Select(p => p.Name))}");
    }

    private static Command Logs()
    {
        var part = new Argument<string?>("part") { Description = "A process, such as manager or host-hv1", Arity = ArgumentArity.ZeroOrOne };
        var logs = new Command("logs", "Show what the lab's processes wrote: all of them, or one.") { part, LabName };
        logs.SetAction(parsed =>
        {
            var processes = LabSession.Open(parsed.GetValue(LabName)).State.Processes;
            string? wanted = parsed.GetValue(part);
            if (wanted is not null && processes.All(p => p.Name != wanted))
            {
                throw new UsageException($"no process \"{wanted}\"; there are {string.Join(", ", processes.Select(p => p.Name))}");
            }

            foreach (var process in processes.Where(p => wanted is null || p.Name == wanted))
            {
                foreach (string line in File.ReadLines(process.Log!))
                {
                    Console.WriteLine(wanted is null ? $"{process.Name}: {line}" : line);
                }
            }

            return 0;
        });
        return logs;
    }
}
