using System.Globalization;
using Fabric.Lab.Processes;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Pods;

/// <summary>Pods that are namespaces: each request is a `fabric pod` command inside.</summary>
internal sealed class NamespacePods(LabSession session) : IPods
{
    private const string Patience = "3";

    public Task<PodAnswer> PingAsync(LabPod from, IpAddress to, CancellationToken cancellation)
        => RunAsync(from, ["ping", to.ToString(), "--count", "3", "--timeout", Patience], cancellation);

    public Task<PodAnswer> GetAsync(LabPod from, Uri url, CancellationToken cancellation)
        => RunAsync(from, ["get", url.ToString(), "--timeout", Patience], cancellation);

    public Task<PodAnswer> SpoofAsync(LabPod from, IpAddress source, IpAddress to, int count, CancellationToken cancellation)
        => RunAsync(
            from, ["send-raw", "--source", source.ToString(), "--to", to.ToString(), "--count", count.ToString(CultureInfo.InvariantCulture)], cancellation);

    private async Task<PodAnswer> RunAsync(LabPod pod, string[] arguments, CancellationToken cancellation)
    {
        var command = session.Namespaces.Enter(session.Names.Pod(pod.Name), [.. Executable.Command, "pod", .. arguments]);
        var result = await Shell.RunAsync(command, null, cancellation).ConfigureAwait(false);
        var outcome = result.ExitCode switch { 0 => PodOutcome.Answered, 3 => PodOutcome.Refused, 4 => PodOutcome.TimedOut, _ => PodOutcome.Failed };
        return new PodAnswer(outcome, (outcome == PodOutcome.Answered ? result.Output : result.Error).Trim());
    }
}
