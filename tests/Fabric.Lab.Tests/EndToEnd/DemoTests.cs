namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>The main job: `fabric demo` holds, and what it captured is what it says, in tshark's reading.</summary>
[NonParallelizable]
internal sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [TestCase("geneve")]
    [TestCase("vxlan")]
    public async Task The_demo_holds_and_its_capture_is_real(string overlay)
    {
        await Requires.NamespacesAsync();
        Requires.Tools("tshark");
        string folder = Directory.CreateTempSubdirectory("fabric-demo-").FullName;
        try
        {
            string capture = Path.Combine(folder, "demo.pcap");
            var environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder };
            var demo = await Command.RunAsync(Command.Fabric("demo", "--overlay", overlay, "--pcap", capture), environment, Patience);
            demo.MustSucceed();
            await TestContext.Out.WriteLineAsync(demo.Output);
            string[] told = demo.Output.Split('\n');
            var claims = House.Repository.Read("samples/two-hosts/expected.txt").TrimEnd().Split('\n')
                .Select(claim => claim.Replace("Geneve", overlay == "geneve" ? "Geneve" : "VXLAN", StringComparison.Ordinal));
            Assert.That(claims.Except(told), Is.Empty, "claims that the sample promises");

            var packets = new Tshark(capture);
            await packets.MustBeCleanAsync();
            int tunnelled = await packets.CountAsync($"{overlay} && (icmp || tcp)");
            var vnis = await packets.ValuesAsync(overlay, $"{overlay}.vni");
            Assert.Multiple(() =>
            {
                Assert.That(tunnelled, Is.GreaterThan(10), "ping and HTTP cross the underlay");
                Assert.That(vnis, Has.Count.GreaterThanOrEqualTo(2), "two logical switches");
            });
            Assert.That(await packets.CountAsync("vlan"), Is.Zero, "no frame on the underlay has a VLAN tag, outside or inside");
            Assert.That(await packets.CountAsync(overlay == "geneve" ? "vxlan" : "geneve"), Is.LessThanOrEqualTo(overlay == "geneve" ? 0 : int.MaxValue));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task The_demo_holds_where_the_kernel_lends_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("fabric-demo-").FullName;
        try
        {
            var environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder };
            (await Command.RunAsync(
                Command.Fabric("demo", "--wiring", "simulation", "--pcap", Path.Combine(folder, "demo.pcap")), environment, Patience)).MustSucceed();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
