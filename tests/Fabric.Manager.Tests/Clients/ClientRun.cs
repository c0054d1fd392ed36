using System.Diagnostics;

namespace Fabric.Manager.Tests.Clients;

/// <summary>One run of a client's program against a manager, to its end or to its time limit: what it said and how it ended.</summary>
internal sealed record ClientRun(int ExitCode, IReadOnlyList<string> Lines)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Text => string.Join('\n', Lines);

    /// <summary>The operations that a driver of ours says have failed: none, in a good run.</summary>
    public IReadOnlyList<string> Failures => [.. Lines.Where(line => line.StartsWith("FAIL ", StringComparison.Ordinal))];

    public int Passed => Lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal));

    public static string Driver(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Clients", "Drivers", name);

    /// <summary>A Python driver, which gets the manager's address and password and trusts only the manager's certificate.</summary>
    public static Task<ClientRun> PythonAsync(RunningManager manager, string driver, string modules)
        => StartAsync(
            ClientPrograms.Python,
            ["-W", "ignore", Driver(driver), manager.Address.ToString().TrimEnd('/'), RunningManager.Password],
            new() { ["PYTHONPATH"] = modules, ["PYTHONDONTWRITEBYTECODE"] = "1", ["REQUESTS_CA_BUNDLE"] = Manager.Security.ServerCertificate.PathFor(manager.DataFile) });

    public static async Task<ClientRun> StartAsync(string program, IEnumerable<string> arguments, Dictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Path.GetTempPath() };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var lines = new List<string>();
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput, lines, limit.Token), ReadAsync(process.StandardError, lines, limit.Token));
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            lines.Add($"FAIL {program} did not end within {Limit}");
            return new ClientRun(-1, lines);
        }

        return new ClientRun(process.ExitCode, lines);
    }

    private static async Task ReadAsync(StreamReader from, List<string> lines, CancellationToken limit)
    {
        while (await from.ReadLineAsync(limit) is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }
}
