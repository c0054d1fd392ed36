using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Fabric.Lab.Processes;

/// <summary>
/// A process that the lab started, remembered across commands. The start time stands beside the pid because pids are used again:
/// a signal must never reach a process that is not ours.
/// </summary>
internal sealed partial record RecordedProcess(string Name, int Pid, long StartTime, string? Log)
{
    /// <summary>How it was started, so that it can be started again.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    private const int SigTerm = 15;
    private const int SigKill = 9;

    [JsonIgnore]
    public bool IsAlive => StartTimeOf(Pid) == StartTime;

    public static RecordedProcess Of(string name, int pid, string? log) => new(name, pid, StartTimeOf(pid) ?? -1, log);

    public void Terminate() => Signal(SigTerm);

    public void Kill() => Signal(SigKill);

    private void Signal(int signal)
    {
        if (IsAlive)
        {
            _ = SendSignal(Pid, signal);
        }
    }

    /// <summary>Field 22 of /proc/PID/stat, in clock ticks since boot (proc(5)); null for a process that is gone or a zombie.</summary>
    private static long? StartTimeOf(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name in parentheses may hold blanks
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
