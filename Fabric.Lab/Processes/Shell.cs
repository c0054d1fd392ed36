using System.Diagnostics;
using Fabric.Lab.Hosting;

namespace Fabric.Lab.Processes;

/// <summary>What a finished command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs other programs: to their end, or as daemons that outlive this process.</summary>
internal static class Shell
{
    /// <exception cref="LabFailure">The command failed.</exception>
    public static async Task<string> RequireAsync(IReadOnlyList<string> command, string? input, CancellationToken cancellation)
    {
        var result = await RunAsync(command, input, cancellation).ConfigureAwait(false);
        return result.Succeeded
            ? result.Output
            : throw new LabFailure($"{string.Join(' ', command)}: {FirstLine(result.Error) ?? $"exit code {result.ExitCode}"}");
    }

    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, string? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new CommandResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a command on this terminal and answers with its exit code.</summary>
    public static async Task<int> AttachAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>
    /// Starts a command in a session of its own, its output appended to a file, so that it lives on when this process ends. The pid
    /// is the command's: setsid, the shell and nsenter each replace themselves.
    /// </summary>
    public static RecordedProcess StartDaemon(
        string name, IReadOnlyList<string> command, string log, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, .. command]);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        using var process = Start(start);
        return RecordedProcess.Of(name, process.Id, log) with { Command = command };
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new LabFailure($"cannot run {start.FileName}: {missing.Message}");
        }
    }

    private static string? FirstLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
