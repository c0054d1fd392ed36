using System.Globalization;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>TCP between two pods on different hosts runs without a stall.</summary>
[NonParallelizable]
internal sealed class ThroughputTests
{
    /// <summary>Longer by hand: FABRIC_IPERF_SECONDS=30 ./fabric test --filter ThroughputTests.</summary>
    private static readonly string Seconds = Environment.GetEnvironmentVariable("FABRIC_IPERF_SECONDS") ?? "10";

    [Test]
    public async Task Iperf_between_hosts_never_stalls()
    {
        Requires.Root();
        Requires.Tools("ip", "iperf3");
        await using var lab = await RunningLab.StartAsync("two-hosts");
        var intervals = await Iperf.RunAsync(lab, from: "web-1", to: "web-3", Seconds);
        double total = intervals.Average();
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"iperf3 {Seconds} s, web-1 to web-3 across hosts: {total:0.00} Gbit/s, worst second {intervals.Min():0.00}"));
        Assert.That(intervals, Is.All.GreaterThan(0.01), "a second with (almost) nothing is a stall");
    }
}

/// <summary>iperf3 between two pods.</summary>
internal static class Iperf
{
    /// <summary>Gbit/s of each second.</summary>
    public static async Task<IReadOnlyList<double>> RunAsync(RunningLab lab, string from, string to, string seconds, Func<Task>? meanwhile = null)
    {
        using var server = lab.Start(to, "iperf3", "--server", "--one-off", "--port", "5999", "--forceflush");
        await server.WaitForAsync("Server listening", TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        string address = await Pods.Ipv4Async(lab, to).ConfigureAwait(false);
        using var client = lab.Start(from, "iperf3", "--client", address, "--port", "5999", "--time", seconds, "--json");
        if (meanwhile is not null)
        {
            await meanwhile().ConfigureAwait(false);
        }

        var outcome = (await client.EndAsync(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture) + 30)).ConfigureAwait(false)).MustSucceed();
        return [.. JsonNode.Parse(outcome.Output)!["intervals"]!.AsArray().Select(interval => (double)interval!["sum"]!["bits_per_second"]! / 1e9)];
    }
}
