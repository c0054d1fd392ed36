using System.Diagnostics;

namespace Fabric.NodeOvs.Tests.Ovsdb;

/// <summary>A tool of Open vSwitch, run as a user runs it.</summary>
internal static class OvsTool
{
    /// <summary>Runs a tool to its end; the test is skipped where it is not installed.</summary>
    public static Task<(int Exit, string Output, string Error)> RunAsync(string tool, params string[] arguments) => RunAsync(tool, arguments, runDirectory: null);

    /// <summary>The same for a switch whose sockets are in a directory.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(string tool, string[] arguments, string? runDirectory)
    {
        string? path = new[] { "/usr/bin", "/usr/sbin", "/bin", "/sbin" }.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Ignore($"{tool} is not installed (Debian: openvswitch-common, openvswitch-switch)");
        }

        var start = new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (runDirectory is not null)
        {
            start.Environment["OVS_RUNDIR"] = runDirectory;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"{tool} {string.Join(' ', arguments)} did not end in 20 s");
        }

        return (process.ExitCode, await output, await error);
    }
}
