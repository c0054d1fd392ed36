using System.CommandLine;
using Fabric.Lab.Simulation;
using Fabric.Lab.Topology;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Commands;

/// <summary>`fabric lab simulate`: the process that `lab up` starts where the kernel lends neither namespaces nor interfaces.</summary>
internal static class LabSimulateCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--lab") { Description = "A lab.yaml, or the folder it is in", Required = true, HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "A name other than the file's", HelpName = "NAME" };
        var overlay = new Option<Overlay?>("--overlay") { Description = "An encapsulation other than the file's" };
        var folder = new Option<string>("--folder") { Description = "Where its files and sockets go", Required = true, HelpName = "FOLDER" };
        var simulate = new Command("simulate", "Run a whole lab in this process, in the foreground: real services, wires in memory, simulated pods.")
        {
            file, name, overlay, folder,
        };
        simulate.SetAction(async (parsed, _) =>
        {
            var lab = LabFile.Read(parsed.GetValue(file)!, parsed.GetValue(name), parsed.GetValue(overlay));
            using var interruption = new Interruption();
            return await RunAsync(lab, Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, interruption.Token).ConfigureAwait(false);
        });
        return simulate;
    }

    private static async Task<int> RunAsync(LabTopology topology, string folder, CancellationToken cancellation)
    {
        var lab = new SimulatedLab(topology, folder, LogLevel.Information);
        await using (lab.ConfigureAwait(false))
        {
            try
            {
                await lab.StartAsync(line => Console.Error.WriteLine(line), cancellation).ConfigureAwait(false);
                var door = await SimulatedPodService.StartAsync(lab, folder).ConfigureAwait(false);
                await using (door.ConfigureAwait(false))
                {
                    await Console.Out.WriteLineAsync($"{SimulationPart.ReadyLine} {lab.Api.GetLeftPart(UriPartial.Authority)}").ConfigureAwait(false);
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                return 0; // SIGTERM is how it ends
            }
        }

        return 0;
    }
}
