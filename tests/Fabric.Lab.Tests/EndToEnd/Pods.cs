using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>What tests ask of pods again and again.</summary>
internal static class Pods
{
    public static async Task<string> Ipv4Async(RunningLab lab, string pod)
    {
        var shown = (await lab.ExecAsync(pod, "ip", "-json", "-4", "address", "show", "dev", "eth0").ConfigureAwait(false)).MustSucceed();
        return (string)JsonNode.Parse(shown.Output)![0]!["addr_info"]![0]!["local"]!;
    }

    public static Task<CommandOutcome> PingAsync(RunningLab lab, string from, string address, int count = 3)
        => lab.ExecAsync(from, "ping", "-n", "-i", "0.2", "-W", "2", "-c", count.ToString(System.Globalization.CultureInfo.InvariantCulture), address);

    public static Task<CommandOutcome> GetAsync(RunningLab lab, string from, string address, int port = 80)
        => lab.ExecAsync(from, "fabric", "pod", "get", $"http://{address}:{port}/");
}
