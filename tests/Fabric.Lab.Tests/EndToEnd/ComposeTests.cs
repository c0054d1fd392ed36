using System.Globalization;
using Fabric.Lab.Tests.House;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>compose.yaml, built without a registry and run on a real engine: two hypervisor containers, and Geneve between them seen from outside.</summary>
[NonParallelizable]
[Category("Docker")]
internal sealed class ComposeTests
{
    private const string Base = "lab/debian:12";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(6);
    private readonly string _project = string.Create(CultureInfo.InvariantCulture, $"fabrictest{Environment.ProcessId}");

    private Dictionary<string, string> Settings => new()
    {
        ["COMPOSE_PROJECT_NAME"] = _project,
        ["FABRIC_IMAGE"] = $"fabric:{_project}",
        ["FABRIC_API_PORT"] = "0",
        ["DOCKER_BUILDKIT"] = "0",
    };

    [Test]
    public async Task Two_hypervisor_containers_exchange_traffic_as_Geneve_on_the_compose_network()
    {
        Requires.Root();
        Requires.Tools("docker", "tcpdump", "tshark");
        var compose = await EngineAsync();
        string published = Repository.PathOf("artifacts/image");
        await MustAsync(["bash", Repository.PathOf("samples/compose/base"), Base]);
        await MustAsync(["dotnet", "publish", Repository.PathOf("Fabric.Lab"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", published, "-v", "q", "--nologo"]);
        await MustAsync(
        [
            "docker", "build", "--network", "none", "--tag", $"fabric:{_project}", "--build-arg", $"SDK_BASE={Base}",
            "--build-arg", $"RUNTIME_BASE={Base}", "--build-arg", "PUBLISHED=artifacts/image", Repository.Root,
        ]);
        compose = [.. compose, "--file", Repository.PathOf("compose.yaml")];
        try
        {
            await MustAsync([.. compose, "up", "--detach", "--no-build"]);
            await CheckTrafficAsync(compose);
        }
        catch
        {
            await TestContext.Out.WriteLineAsync((await RunAsync([.. compose, "logs", "--no-color"])).All);
            throw;
        }
        finally
        {
            await RunAsync([.. compose, "down", "--volumes", "--timeout", "5"]);
            await RunAsync(["docker", "image", "rm", $"fabric:{_project}"]);
        }
    }

    private async Task CheckTrafficAsync(IReadOnlyList<string> compose)
    {
        IReadOnlyList<string> Pod(string hypervisor, string pod, params IEnumerable<string> command)
            => [.. compose, "exec", "-T", hypervisor, "nsenter", $"--net=/run/netns/compose.pod.{pod}", .. command];

        await Eventually.SucceedsAsync(
            () => RunAsync(Pod("hypervisor-1", "web-1", "ping", "-n", "-c", "1", "-W", "1", "10.10.1.13")), TimeSpan.FromSeconds(60));
        string network = (await MustAsync(["docker", "network", "ls", "--quiet", "--filter", $"name={_project}_underlay"])).Output.Trim();
        string capture = Path.Combine(Path.GetTempPath(), $"{_project}.pcap");
        try
        {
            using (var tcpdump = Command.Start(["tcpdump", "-U", "--immediate-mode", "-n", "-i", $"br-{network}", "-w", capture, "udp", "port", "6081"]))
            {
                await Task.Delay(TimeSpan.FromSeconds(1)); // tcpdump says nothing that can be waited for when it writes to a file
                await MustAsync(Pod("hypervisor-1", "web-1", "ping", "-n", "-c", "3", "-i", "0.2", "10.10.2.12"));
                await MustAsync(Pod("hypervisor-1", "web-1", "ping", "-n", "-c", "3", "-i", "0.2", "-M", "do", "-s", "1472", "10.10.1.13"));
                await MustAsync(Pod("hypervisor-2", "db-2", "fabric", "pod", "get", "http://10.10.1.11/"));
                await Task.Delay(TimeSpan.FromSeconds(1)); // and what it has seen last it writes in a while
                await tcpdump.InterruptAsync(TimeSpan.FromSeconds(10));
            }

            var packets = new Tshark(capture);
            await packets.MustBeCleanAsync();
            Assert.That(await packets.CountAsync("geneve && icmp"), Is.GreaterThanOrEqualTo(12), "three pings and answers, twice");
            Assert.That(await packets.CountAsync("geneve && http"), Is.GreaterThanOrEqualTo(2), "a request and its answer");
            Assert.That(await packets.CountAsync("geneve && ip.addr == 172.31.66.11 && ip.addr == 172.31.66.12"), Is.GreaterThan(12));
            Assert.That(await packets.CountAsync("vlan"), Is.Zero);
        }
        finally
        {
            File.Delete(capture);
        }
    }

    /// <summary>The compose command of an engine that answers, or the test is skipped.</summary>
    private async Task<IReadOnlyList<string>> EngineAsync()
    {
        if ((await RunAsync(["docker", "version"])).ExitCode != 0)
        {
            Assert.Ignore("no container engine answers (.ci/run starts one where it can)");
        }

        if ((await RunAsync(["docker", "compose", "version"])).ExitCode == 0)
        {
            return ["docker", "compose"];
        }

        Requires.Tools("docker-compose");
        return ["docker-compose"];
    }

    private async Task<CommandOutcome> MustAsync(IReadOnlyList<string> command) => (await RunAsync(command)).MustSucceed();

    private Task<CommandOutcome> RunAsync(IReadOnlyList<string> command) => Command.RunAsync(command, Settings, Long);
}
