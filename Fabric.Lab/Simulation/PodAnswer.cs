namespace Fabric.Lab.Simulation;

/// <summary>What came of a ping, a datagram or an HTTP request: an answer with its content, or why there was none.</summary>
internal sealed record PodAnswer(string? Content, string? Failure, TimeSpan Elapsed)
{
    public bool IsAnswered => Failure is null;

    public static PodAnswer Of(string content, TimeSpan elapsed) => new(content, null, elapsed);

    public static PodAnswer Failed(string reason, TimeSpan elapsed) => new(null, reason, elapsed);

    public override string ToString() => Failure is null ? $"answered in {Elapsed.TotalMilliseconds:0.###} ms" : $"failed: {Failure}";
}

/// <summary>An ICMP error about something a pod sent: what it says, and the MTU if it names one.</summary>
internal readonly record struct PodFault(string Reason, int? Mtu);
