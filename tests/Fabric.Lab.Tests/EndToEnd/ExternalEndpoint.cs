namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>A namespace on a lab's underlay with the address of the lab's external tunnel endpoint, where something that is not ours runs.</summary>
internal sealed class ExternalEndpoint
{
    public const string Device = "uplink0";

    private ExternalEndpoint(string name) => Namespace = name;

    public string Namespace { get; }

    /// <summary>Plugs the namespace into the lab's underlay; taking the lab down removes it.</summary>
    public static async Task<ExternalEndpoint> PlugAsync(RunningLab lab, bool withAddress)
    {
        var endpoint = new ExternalEndpoint($"{lab.Name}.stranger");
        (await Command.RunAsync("ip", "netns", "add", endpoint.Namespace)).MustSucceed();
        await LinesAsync(lab.Underlay, $"link add strange0 mtu 1700 type veth peer name {Device} mtu 1700 netns {endpoint.Namespace}", "link set strange0 master underlay up");
        await LinesAsync(endpoint.Namespace, "link set lo up", $"link set {Device} up");

        // A wire ends here: what leaves must be cut and summed as a network card would, for inside one kernel nobody else does it.
        (await endpoint.RunAsync("ethtool", "-K", Device, "tx", "off", "tso", "off", "gso", "off")).MustSucceed();
        if (withAddress)
        {
            await LinesAsync(endpoint.Namespace, $"address add {LabFiles.External}/24 dev {Device}");
        }

        return endpoint;
    }

    public Task IpAsync(params string[] lines) => LinesAsync(Namespace, lines);

    public Task<CommandOutcome> RunAsync(params IEnumerable<string> command) => Command.RunAsync([.. RunningLab.InNamespace(Namespace, command)]);

    /// <summary>Ping, UDP and TCP between the endpoint and a pod, both ways, some of it in packets of full size.</summary>
    public async Task MustExchangeAllWithAsync(RunningLab lab, string pod, string podAddress, string ownAddress)
    {
        await Eventually.SucceedsAsync(() => RunAsync("ping", "-n", "-c", "1", "-W", "1", podAddress), TimeSpan.FromSeconds(20));
        (await Pods.PingAsync(lab, pod, ownAddress)).MustSucceed();
        (await RunAsync("ping", "-n", "-c", "3", "-i", "0.2", "-M", "do", "-s", "1400", podAddress)).MustSucceed();
        foreach (string[] options in (string[][])[[], ["--udp", "--bitrate", "5M"], ["--reverse"]])
        {
            using var server = lab.Start(pod, "iperf3", "--server", "--one-off", "--port", "5998", "--forceflush");
            await server.WaitForAsync("Server listening", TimeSpan.FromSeconds(10));
            var client = await RunAsync(["iperf3", "--client", podAddress, "--port", "5998", "--time", "2", "--json", .. options]);
            var end = System.Text.Json.Nodes.JsonNode.Parse(client.MustSucceed().Output)!["end"]!;
            double received = (double)(end["sum_received"] ?? end["sum"])!["bytes"]!;
            Assert.That(received, Is.GreaterThan(100_000), $"iperf3 {string.Join(' ', options)} with {pod}");
            await TestContext.Out.WriteLineAsync($"iperf3 {string.Join(' ', options)} with {pod}: {received * 8 / 2 / 1e6:0} Mbit/s");
        }
    }

    private static async Task LinesAsync(string name, params string[] lines)
    {
        foreach (string line in lines)
        {
            (await Command.RunAsync([.. RunningLab.InNamespace(name, ["ip", .. line.Split(' ')])])).MustSucceed();
        }
    }
}
