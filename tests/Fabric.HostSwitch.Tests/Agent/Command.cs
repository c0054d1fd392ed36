using System.Diagnostics;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    public static (int ExitCode, string Said) Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + errors.GetAwaiter().GetResult());
    }
}
