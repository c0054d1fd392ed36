using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>A process of a lab that a test kills without warning, and starts again as it was.</summary>
internal sealed class LabPart(string name, int pid, string log)
{
    private readonly List<string> _command = [.. ReadAll(pid, "cmdline")];
    private readonly string? _namespace = NamespaceOf(pid);

    public int Pid { get; private set; } = pid;

    public string Name => name;

    public async Task KillAsync()
    {
        (await Command.RunAsync("kill", "-KILL", Pid.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false)).MustSucceed();
        await Eventually.AsyncTrue(() => Task.FromResult(!IsFabric(Pid)), TimeSpan.FromSeconds(5), () => $"the end of {name}").ConfigureAwait(false);
    }

    /// <summary>Starts it again with the same command line, where it was; an argument may be replaced (a port that was chosen freely).</summary>
    public async Task RestartAsync(string readyLine, string? argument = null, string? replacement = null)
    {
        IEnumerable<string> command = _command.Select(word => word == argument ? replacement! : word);
        string[] whole = ["setsid", "sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log,
            .. _namespace is null ? command : RunningLab.InNamespace(_namespace, command)];
        int before = ReadyLines(readyLine);
        var process = Process.Start(new ProcessStartInfo(whole[0], whole.Skip(1)) { Environment = { ["DOTNET_ROOT"] = Processes.Executable.Variables["DOTNET_ROOT"] } })!;
        Pid = process.Id;
        await Eventually.AsyncTrue(() => Task.FromResult(ReadyLines(readyLine) > before), TimeSpan.FromSeconds(20), () => $"{readyLine}:\n{File.ReadAllText(log)}").ConfigureAwait(false);
    }

    /// <summary>Ends what was started here and the lab does not know of.</summary>
    public Task EndAsync() => Command.RunAsync("kill", "-TERM", Pid.ToString(CultureInfo.InvariantCulture));

    public static bool IsFabric(int pid) => ReadAll(pid, "cmdline").Any(word => word.Contains("fabric", StringComparison.Ordinal));

    private int ReadyLines(string readyLine)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.StartsWith(readyLine, StringComparison.Ordinal));
    }

    private static string[] ReadAll(int pid, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/{file}")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? NamespaceOf(int pid)
    {
        // A named namespace is a file that is the very namespace: same device and inode.
        string own = Identity($"/proc/{pid}/ns/net");
        return Directory.Exists("/run/netns")
            ? Directory.EnumerateFiles("/run/netns").FirstOrDefault(file => Identity(file) == own) is { } found ? Path.GetFileName(found) : null
            : null;
    }

    private static string Identity(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-L", "-c", "%d:%i", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return stat.StandardOutput.ReadToEnd();
    }
}
