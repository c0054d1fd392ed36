namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>The same without root: in a user namespace, as the user nobody.</summary>
[NonParallelizable]
internal sealed class UnprivilegedTests
{
    [Test]
    public async Task An_ordinary_user_runs_the_demo_in_a_user_namespace()
    {
        Requires.Root(); // to become someone else; whoever is someone else runs the DemoTests
        Requires.Tools("ip", "setpriv", "unshare");
        string[] nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--"];
        if ((await Command.RunAsync([.. nobody, "unshare", "--user", "--map-root-user", "--net", "true"])).ExitCode != 0)
        {
            Assert.Ignore("this kernel lets no ordinary user make a user namespace");
        }

        if ((await Command.RunAsync([.. nobody, .. Command.Fabric("--version")])).ExitCode != 0)
        {
            Assert.Ignore("the user nobody may not read this build");
        }

        string folder = Directory.CreateTempSubdirectory("fu-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        try
        {
            var environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder, ["HOME"] = folder };
            var demo = await Command.RunAsync(
                [.. nobody, .. Command.Fabric("demo", "--pcap", Path.Combine(folder, "demo.pcap"))], environment, TimeSpan.FromMinutes(3));
            demo.MustSucceed();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
