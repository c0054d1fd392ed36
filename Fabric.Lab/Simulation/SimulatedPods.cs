using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using Fabric.Lab.Hosting;
using Fabric.Lab.Pods;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Simulation;

/// <summary>Pods that are simulated in the lab's own process: each request is a command that goes there through a socket.</summary>
internal sealed class SimulatedPods(string socket) : IPods, IDisposable
{
    private const string Patience = "3";
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await unix.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation).ConfigureAwait(false);
            return new NetworkStream(unix, ownsSocket: true);
        },
        UseProxy = false,
    });

    public Task<PodAnswer> PingAsync(LabPod from, IpAddress to, CancellationToken cancellation)
        => AskAsync(from, ["ping", to.ToString(), "--count", "3", "--timeout", Patience], cancellation);

    public Task<PodAnswer> GetAsync(LabPod from, Uri url, CancellationToken cancellation)
        => AskAsync(from, ["get", url.ToString(), "--timeout", Patience], cancellation);

    public Task<PodAnswer> SpoofAsync(LabPod from, IpAddress source, IpAddress to, int count, CancellationToken cancellation)
        => AskAsync(
            from, ["send-raw", "--source", source.ToString(), "--to", to.ToString(), "--count", count.ToString(CultureInfo.InvariantCulture)], cancellation);

    /// <summary>Runs a command in a pod.</summary>
    public async Task<ShellResult> RunAsync(string pod, IEnumerable<string> command, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync($"http://pods/pods/{pod}", command.ToArray(), cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<ShellResult>(cancellation).ConfigureAwait(false))!
            : throw new LabFailure($"pod {pod} does not answer: {(int)response.StatusCode}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<PodAnswer> AskAsync(LabPod pod, string[] arguments, CancellationToken cancellation)
    {
        var result = await RunAsync(pod.Name, ["fabric", "pod", .. arguments], cancellation).ConfigureAwait(false);
        var outcome = result.ExitCode switch { 0 => PodOutcome.Answered, 3 => PodOutcome.Refused, 4 => PodOutcome.TimedOut, _ => PodOutcome.Failed };
        return new PodAnswer(outcome, result.Output.Trim());
    }
}
