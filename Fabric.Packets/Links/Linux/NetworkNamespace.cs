using System.Runtime.ExceptionServices;

namespace Fabric.Packets.Links.Linux;

/// <summary>Opens things inside another network namespace. A socket stays in the namespace it was opened in; nothing else moves.</summary>
public static class NetworkNamespace
{
    private const int NewNetwork = 0x4000_0000; // CLONE_NEWNET
    private const int CloseOnExec = 0x80000; // O_CLOEXEC

    /// <summary>
    /// Runs this on a thread of its own that has entered the namespace and ends afterwards; without a path, right here.
    /// </summary>
    /// <param name="path">Such as /run/netns/NAME or /proc/PID/ns/net.</param>
    /// <exception cref="LinkException">The namespace cannot be entered.</exception>
    public static T Run<T>(string? path, Func<T> open)
    {
        if (path is null)
        {
            return open();
        }

        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(path);
                result = open();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception); // carried over to the caller's thread, whatever it is
            }
        })
        { IsBackground = true, Name = "namespace opener" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static void Enter(string path)
    {
        int descriptor = LinuxCalls.Check(LinuxCalls.Open(path, CloseOnExec), $"open the network namespace {path}");
        try
        {
            _ = LinuxCalls.Check(LinuxCalls.SetNamespace(descriptor, NewNetwork), $"enter the network namespace {path}");
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }
}
