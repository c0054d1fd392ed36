using System.CommandLine;
using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;
using Fabric.Lab.Running;

namespace Fabric.Lab.Commands;

/// <summary>`lab kill` and `lab restart`: to see what a fabric does when a part of it dies, and when it returns.</summary>
internal static class LabFaultCommands
{
    public static Command Kill()
    {
        var part = Part();
        var kill = new Command("kill", "Kill a process of the lab at once (SIGKILL), to see what the rest does.") { part, LabCommand.LabName };
        kill.SetAction(async (parsed, _) =>
        {
            var session = LabSession.Open(parsed.GetValue(LabCommand.LabName));
            var process = Find(session, parsed.GetValue(part)!);
            await EndAsync(process).ConfigureAwait(false);
            Console.WriteLine($"{process.Name} is gone; `fabric lab restart {process.Name}` brings it back");
            return 0;
        });
        return kill;
    }

    public static Command Restart()
    {
        var part = Part();
        var restart = new Command("restart", "Start a process of the lab again, with what it had; one that still runs is killed before.")
        {
            part, LabCommand.LabName,
        };
        restart.SetAction(async (parsed, _) =>
        {
            var session = LabSession.Open(parsed.GetValue(LabCommand.LabName));
            var process = Find(session, parsed.GetValue(part)!);
            await EndAsync(process).ConfigureAwait(false);
            session.Start(process.Name, [.. process.Command.Select(word => SameAddress(word, session))]);
            Console.WriteLine($"{process.Name} is started again");
            return 0;
        });
        return restart;
    }

    private static Argument<string> Part() => new("part") { Description = "A process, such as manager or host-hv1" };

    private static RecordedProcess Find(LabSession session, string name)
        => session.State.Processes.FirstOrDefault(p => p.Name == name)
            ?? throw new UsageException($"no process \"{name}\"; there are {string.Join(", ", session.State.Processes.Select(p => p.Name))}");

    private static async Task EndAsync(RecordedProcess process)
    {
        process.Kill();
        while (process.IsAlive)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>The manager took a free port; its clients expect it there again.</summary>
    private static string SameAddress(string word, LabSession session)
        => word == "https://127.0.0.1:0" && session.State.Api is { } address ? address : word;
}
