namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>What a test needs from the machine; where it is missing the test is skipped and says so.</summary>
internal static class Requires
{
    public static void Root()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("needs root: it makes network namespaces");
        }
    }

    /// <summary>Root, or a kernel that lets an ordinary user have a network namespace inside a user namespace.</summary>
    public static async Task NamespacesAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("needs Linux: it makes network namespaces");
        }

        Tools("ip", "unshare");
        if (!Environment.IsPrivilegedProcess && (await Command.RunAsync("unshare", "--user", "--map-root-user", "--net", "true")).ExitCode != 0)
        {
            Assert.Ignore("needs root, or user namespaces: this kernel lets no ordinary user make one");
        }
    }

    public static void Tools(params string[] names)
    {
        string[] missing = [.. names.Where(name => Find(name) is null)];
        if (missing.Length > 0)
        {
            Assert.Ignore($"not installed: {string.Join(", ", missing)}");
        }
    }

    /// <summary>Where a program is, also in the folders that only root has on its path.</summary>
    public static string? Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin", "/usr/bin"])
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
