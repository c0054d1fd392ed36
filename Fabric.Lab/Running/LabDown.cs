using Fabric.Lab.Hosting;

namespace Fabric.Lab.Running;

/// <summary>Takes a lab down, whole or half up: processes by pid and start time, then namespaces, then files. Nothing stays behind.</summary>
internal sealed class LabDown(LabSession session)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <param name="keepLogs">After a failure the logs say why: they are moved beside the labs, where the next failure replaces them.</param>
    public async Task RunAsync(bool keepLogs = false)
    {
        var processes = session.State.Processes.Reverse().ToList(); // pods first, the manager last
        processes.ForEach(p => p.Terminate());
        long began = TimeProvider.System.GetTimestamp();
        while (processes.Exists(p => p.IsAlive) && TimeProvider.System.GetElapsedTime(began) < Grace)
        {
            await Task.Delay(Step, TimeProvider.System).ConfigureAwait(false);
        }

        processes.ForEach(p => p.Kill());
        foreach (string name in await OwnNamespacesAsync().ConfigureAwait(false))
        {
            await session.Namespaces.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
        }

        session.State.Holder?.Kill(); // with it goes all that was inside
        if (keepLogs)
        {
            KeepLogs();
        }

        session.Directory.Delete();
    }

    private async Task<IReadOnlyList<string>> OwnNamespacesAsync()
    {
        if (!session.State.OwnsNamespaces || session.State.Holder is { IsAlive: false })
        {
            return [];
        }

        try
        {
            return await session.Namespaces.ListAsync(session.Names.Prefix, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LabFailure)
        {
            return []; // no `ip`, hence no namespaces of ours
        }
    }

    private void KeepLogs()
    {
        string kept = session.Directory.KeptLogs;
        if (Directory.Exists(kept))
        {
            Directory.Delete(kept, recursive: true);
        }

        Directory.CreateDirectory(kept);
        foreach (string log in Directory.GetFiles(Path.Combine(session.Directory.Root, "logs")))
        {
            File.Copy(log, Path.Combine(kept, Path.GetFileName(log)));
        }
    }
}
