using System.Diagnostics;

namespace Fabric.Manager.Tests.Storage;

/// <summary>
/// A PostgreSQL of the test's own: a new cluster in a new folder, on a Unix socket there, as a user without privileges, since the server refuses
/// to run as root.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Unprivileged = "nobody";

    private readonly string _folder;
    private Process? _server;

    private PostgresServer(string folder) => _folder = folder;

    public static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>As a manager is told it.</summary>
    public string Address(string database) => $"postgres://fabric@/{database}?host={_folder}";

    public static async Task<PostgresServer> StartAsync()
    {
        if (Programs is not { } bin)
        {
            Assert.Ignore("PostgreSQL is not installed (Debian: apt-get install postgresql)");
            throw new InvalidOperationException();
        }

        var server = new PostgresServer(Directory.CreateTempSubdirectory("fpg-").FullName);
        string data = Path.Combine(server._folder, "data");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", Unprivileged, server._folder);
        }

        await server.AsUserAsync(Path.Combine(bin, "initdb"), "-D", data, "-U", "fabric", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8");
        server._server = Start(Command(
            Path.Combine(bin, "postgres"), "-D", data, "-k", server._folder, "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "fsync=off"));
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await server.AsUserAsync(Path.Combine(bin, "psql"), "-h", server._folder, "-U", "fabric", "-c", "SELECT 1", "postgres");
                return server;
            }
            catch (InvalidOperationException) when (attempt < 100 && !server._server.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    public Task MakeDatabaseAsync(string name)
        => AsUserAsync(Path.Combine(Programs!, "createdb"), "-h", _folder, "-U", "fabric", name);

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false } server)
        {
            await RunAsync("kill", "-QUIT", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)); // setpriv has become postgres: at once, children too
            await server.WaitForExitAsync();
        }

        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task AsUserAsync(params string[] command) => RunAsync(Command(command));

    private static string[] Command(params string[] command)
        => Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Unprivileged}", "--clear-groups", "--", .. command] : command;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        string said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {said}");
        }
    }

    private static Process Start(string[] command)
        => Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
}
