using Fabric.Lab.Processes;

namespace Fabric.Lab.Wiring;

/// <summary>
/// The network namespaces of labs, and how to run a command in one. With a holder, all of them live inside that process's user and
/// mount namespace, where an ordinary user is root. `nsenter` is used rather than `ip netns exec`, which also mounts /sys: not
/// allowed in many containers and user namespaces.
/// </summary>
internal sealed class Namespaces(int? holder)
{
    /// <summary>The process whose user namespace holds everything; null when we are root ourselves.</summary>
    public int? Holder { get; } = holder;

    /// <summary>A command as it runs in a namespace; null means where the lab itself lives.</summary>
    public IReadOnlyList<string> Enter(string? name, IEnumerable<string> command)
    {
        List<string> entered = [];
        if (Holder is { } pid)
        {
            entered.AddRange(["nsenter", $"--target={pid}", "--user", "--mount", "--net", "--preserve-credentials", "--"]);
        }

        if (name is not null)
        {
            entered.AddRange(["nsenter", $"--net=/run/netns/{name}", "--"]);
        }

        entered.AddRange(command);
        return entered;
    }

    public Task CreateAsync(string name, CancellationToken cancellation)
        => Shell.RequireAsync(Enter(null, ["ip", "netns", "add", name]), null, cancellation);

    /// <summary>Lines of `ip` commands in one namespace, done in order, all or failing at the first that fails.</summary>
    public Task ConfigureAsync(string? name, IEnumerable<string> lines, CancellationToken cancellation)
        => Shell.RequireAsync(Enter(name, ["ip", "-batch", "-"]), string.Join('\n', lines) + "\n", cancellation);

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var listed = await Shell.RunAsync(Enter(null, ["ip", "netns", "list"]), null, cancellation).ConfigureAwait(false);
        return [.. listed.Output.Split('\n').Select(l => l.Split(' ')[0]).Where(n => n.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Deletes a namespace, and with it its interfaces; whatever still runs in it is ended first.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        var inside = await Shell.RunAsync(Enter(null, ["ip", "netns", "pids", name]), null, cancellation).ConfigureAwait(false);
        foreach (string pid in inside.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(pid, out int process))
            {
                RecordedProcess.Of(name, process, null).Kill();
            }
        }

        await Shell.RunAsync(Enter(null, ["ip", "netns", "delete", name]), null, cancellation).ConfigureAwait(false);
    }
}
