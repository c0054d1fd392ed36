using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Fabric.TestKit;

/// <summary>A network namespace of a test's own, gone with everything in it when disposed. Needs root and iproute2.</summary>
public sealed class TemporaryNamespace : IDisposable
{
    private static int _made;

    private TemporaryNamespace(string name) => Name = name;

    public string Name { get; }

    public string Path => $"/run/netns/{Name}";

    /// <summary>Makes one, with its loopback up, or ends the test as ignored and says why.</summary>
    public static TemporaryNamespace CreateOrIgnore()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("needs root on Linux, for network namespaces");
        }

        string name = string.Create(
            CultureInfo.InvariantCulture, $"ft{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
        try
        {
            Ip($"netns add {name}");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Assert.Ignore($"needs network namespaces and iproute2: {exception.Message}");
        }

        var made = new TemporaryNamespace(name);
        made.Run("link set lo up");
        return made;
    }

    /// <summary>Runs <c>ip</c> with these arguments inside.</summary>
    public void Run(string arguments) => Ip($"-n {Name} {arguments}");

    /// <summary>Lays a wire: a veth device here and its peer there, both up.</summary>
    public void ConnectTo(TemporaryNamespace other, string here, string there, int mtu = 1500)
    {
        Run(string.Create(CultureInfo.InvariantCulture, $"link add name {here} mtu {mtu} type veth peer name {there} mtu {mtu} netns {other.Name}"));
        Run($"link set dev {here} up");
        other.Run($"link set dev {there} up");
    }

    public void Dispose() => Ip($"netns del {Name}");

    private static void Ip(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {arguments}: {error.Trim()}");
        }
    }
}
