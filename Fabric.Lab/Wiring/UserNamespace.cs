using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;

namespace Fabric.Lab.Wiring;

/// <summary>
/// For who is not root: a process that holds a user, network and mount namespace open. Inside, the user is root over interfaces of
/// its own, and /run is a private tmpfs, where namespaces get their names.
/// </summary>
internal static class UserNamespace
{
    private const string Hold = "mount -t tmpfs tmpfs /run && mkdir -p /run/netns && ip link set lo up && echo held && exec sleep infinity";

    private static string[] Unshare(string script) => ["unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-c", script];

    /// <summary>Why the kernel forbids it here; null if it does not.</summary>
    public static async Task<string?> WhyNotAsync(CancellationToken cancellation)
    {
        try
        {
            var tried = await Shell.RunAsync(Unshare("mount -t tmpfs tmpfs /run && ip link set lo up"), null, cancellation).ConfigureAwait(false);
            return tried.Succeeded ? null : tried.Error.Trim().Split('\n')[0];
        }
        catch (LabFailure missing)
        {
            return missing.Message;
        }
    }

    public static async Task<RecordedProcess> HoldAsync(string log, CancellationToken cancellation)
    {
        var holder = Shell.StartDaemon("namespaces", Unshare(Hold), log);
        await Readiness.WaitForLineAsync(holder, "held", cancellation).ConfigureAwait(false);
        return holder;
    }
}
