using System.Diagnostics;
using System.Text;
using Fabric.Lab.Processes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>What a program left behind: its exit code and what it wrote.</summary>
internal sealed record CommandOutcome(string Line, int ExitCode, string Output, string Error)
{
    public string All => $"$ {Line}\n{Output}{Error}(exit code {ExitCode})";

    public CommandOutcome MustSucceed()
    {
        Assert.That(ExitCode, Is.Zero, All);
        return this;
    }
}

/// <summary>Runs programs for tests, bounded in time; what runs too long is ended, with its children.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<CommandOutcome> RunAsync(params IReadOnlyList<string> command) => RunAsync(command, null, null);

    public static async Task<CommandOutcome> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, TimeSpan? timeout)
    {
        using var running = Start(command, environment);
        return await running.EndAsync(timeout ?? Patience).ConfigureAwait(false);
    }

    /// <summary>The `fabric` command itself.</summary>
    public static IReadOnlyList<string> Fabric(params IEnumerable<string> arguments) => [.. Executable.Command, .. arguments];

    public static RunningCommand Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Requires.Find(command[0]) ?? command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in Executable.Variables.Concat(environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunningCommand(string.Join(' ', command), process);
    }
}

/// <summary>A program on its way.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly string _line;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public RunningCommand(string line, Process process)
    {
        _line = line;
        _process = process;
        process.OutputDataReceived += (_, e) => Append(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(_error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Snapshot(_output);

    /// <summary>Waits for the program's own end, or fails the test with what it wrote so far.</summary>
    public async Task<CommandOutcome> EndAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"$ {_line}\n{Output}{Snapshot(_error)}(still running after {timeout.TotalSeconds:0} s)");
        }

        return new CommandOutcome(_line, _process.ExitCode, Output, Snapshot(_error));
    }

    /// <summary>Waits for a line that contains this text.</summary>
    public Task WaitForAsync(string text, TimeSpan timeout)
        => Eventually.AsyncTrue(() => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)), timeout, () => $"\"{text}\" from {_line}:\n{Output}{Snapshot(_error)}");

    /// <summary>Asks the program to end, as Ctrl-C would.</summary>
    public async Task<CommandOutcome> InterruptAsync(TimeSpan timeout)
    {
        await Command.RunAsync("kill", "-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false);
        return await EndAsync(timeout).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
