using System.CommandLine;
using Fabric.Lab.Api;
using Fabric.Lab.Demo;
using Fabric.Lab.Hosting;
using Fabric.Lab.Pods;
using Fabric.Lab.Running;
using Fabric.Lab.Simulation;
using Fabric.Lab.State;
using Fabric.Lab.Topology;
using Fabric.Lab.Wiring;

namespace Fabric.Lab.Commands;

/// <summary>`fabric demo`: brings up two hypervisors and shows what the fabric does, checking each claim.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var overlay = new Option<Overlay>("--overlay") { Description = "geneve or vxlan", DefaultValueFactory = _ => Overlay.Geneve };
        var wiring = new Option<WiringKind?>("--wiring") { Description = "How wires are made; the most real that is allowed unless given" };
        var keep = new Option<bool>("--keep") { Description = "Leave the lab up for more" };
        var pcap = new Option<string>("--pcap") { Description = "Where to write the capture", DefaultValueFactory = _ => "demo.pcap", HelpName = "FILE" };
        var demo = new Command("demo", "Show the fabric at work: two hypervisors, their pods, and every claim checked.") { overlay, wiring, keep, pcap };
        demo.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            try
            {
                return await RunAsync(parsed.GetValue(overlay), parsed.GetValue(wiring), parsed.GetValue(keep), parsed.GetValue(pcap)!, interruption.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new LabFailure("interrupted; the lab is down again");
            }
        });
        return demo;
    }

    private static async Task<int> RunAsync(Overlay overlay, WiringKind? wiring, bool keep, string pcap, CancellationToken cancellation)
    {
        string file = Sample("two-hosts");
        var lab = LabFile.Read(file, FreeName(), overlay);
        var checks = new Checks(Console.Out);
        long began = TimeProvider.System.GetTimestamp();
        Console.WriteLine($"Bringing up lab {lab.Name}: {lab.Hypervisors.Count} hypervisors, {lab.Nodes.Count()} node VMs, {lab.Pods.Count()} pods, {overlay} between the hosts.");
        var session = await new LabUp(lab, file, line => Console.WriteLine($"  {line}"), wiring).RunAsync(cancellation).ConfigureAwait(false);
        try
        {
            string password = await File.ReadAllTextAsync(session.Directory.PasswordFile, cancellation).ConfigureAwait(false);
            using var api = new NsxClient(new Uri(session.State.Api!), "admin", password.Trim());
            using var simulated = new SimulatedPods(SimulatedPodService.SocketIn(session.Directory.Root));
            IPods pods = session.State.Wiring == WiringKind.Simulation ? simulated : new NamespacePods(session);
            await new DemoStory(session, lab, pods, api, pcap, checks).TellAsync(cancellation).ConfigureAwait(false);
            Conclude(checks, session, pcap, keep, TimeProvider.System.GetElapsedTime(began));
        }
        finally
        {
            if (!keep)
            {
                await new LabDown(session).RunAsync(keepLogs: !checks.AllHeld).ConfigureAwait(false);
            }
        }

        return checks.AllHeld ? 0 : 1;
    }

    private static void Conclude(Checks checks, LabSession session, string pcap, bool keep, TimeSpan took)
    {
        int held = checks.All.Count(c => c.Held);
        Console.WriteLine($"\n{held} of {checks.All.Count} claims held, in {took.TotalSeconds:0} s.");
        if (!checks.AllHeld && !keep)
        {
            Console.WriteLine($"The logs are in {session.Directory.KeptLogs}.");
        }

        Console.WriteLine(keep
            ? $"""
            The lab stays up. Try:
              fabric lab status --lab {session.State.Name}
              fabric lab exec --lab {session.State.Name} web-1 -- ping -c 3 {session.ReadLab().Pods.First(p => p.Name == "db-2").Ipv4}
              fabric capture --lab {session.State.Name} --uplink hv1 --print
              curl -sk -u admin:$(cat {session.Directory.PasswordFile}) {session.State.Api}/api/v1/logical-switches
              fabric lab down {session.State.Name}
            """
            : $"""
            Try next:
              tshark -r {pcap}                       the packets between the hosts
              ./fabric demo --overlay vxlan          the same in VXLAN
              ./fabric lab up samples/two-hosts      a lab that stays; edit its lab.yaml
              ./fabric manager --help                the REST API alone
            """);
    }

    /// <summary>demo, or demo-2 and so on while others are up.</summary>
    private static string FreeName()
        => Enumerable.Range(1, 99).Select(n => n == 1 ? "demo" : $"demo-{n}").First(name => !IsTaken(name));

    /// <summary>By a lab of ours, or by the namespaces of somebody else's.</summary>
    private static bool IsTaken(string name)
        => LabDirectory.Of(name).Exists || File.Exists(Path.Combine("/run/netns", new NamespaceNames(name).Underlay));

    /// <summary>Samples lie beside the source, which is where this was built, or beside the executable.</summary>
    private static string Sample(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "samples", name, "lab.yaml");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new LabFailure($"the sample {name} is not beside this command");
    }
}
