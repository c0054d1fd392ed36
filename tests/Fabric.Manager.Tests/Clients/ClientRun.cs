using System.Diagnostics;
using Fabric.Manager.Security;

namespace Fabric.Manager.Tests.Clients;

/// <summary>One run of a client's program against a manager, to its end or to its time limit: what it said and how it ended.</summary>
internal sealed record ClientRun(int ExitCode, IReadOnlyList<string> Lines)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Text => string.Join('\n', Lines);

    /// <summary>Every operation that the driver names passed, and there were as many as there should be: an empty run is no success.</summary>
    public void Passes(int atLeast)
    {
        string[] failed = [.. Lines.Where(line => line.Contains("FAIL ", StringComparison.Ordinal))];
        int passed = Lines.Count(line => line.TrimStart(' ', '"').StartsWith("ok ", StringComparison.Ordinal) || line.Contains("\"msg\": \"ok ", StringComparison.Ordinal));
        Assert.That(failed, Is.Empty, Text);
        Assert.That(passed, Is.AtLeast(atLeast), Text);
        Assert.That(ExitCode, Is.Zero, Text);
    }

    public static string Driver(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Clients", "Drivers", name);

    /// <summary>A file of the repository's samples, as it is there.</summary>
    public static string Sample(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "samples", name);

    /// <summary>The file that names the one certificate a client of this manager has to trust.</summary>
    public static string CertificateOf(RunningManager manager) => ServerCertificate.PathFor(manager.DataFile);

    /// <summary>A Python driver, which gets the manager's address and password and trusts only the manager's certificate.</summary>
    public static Task<ClientRun> PythonAsync(RunningManager manager, string driver, string modules)
        => StartAsync(
            ClientPrograms.Python,
            ["-W", "ignore", Driver(driver), manager.Address.ToString().TrimEnd('/'), RunningManager.Password],
            new() { ["PYTHONPATH"] = modules, ["PYTHONDONTWRITEBYTECODE"] = "1", ["REQUESTS_CA_BUNDLE"] = CertificateOf(manager) });

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
