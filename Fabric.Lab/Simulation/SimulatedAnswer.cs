using Fabric.Lab.Pods;

namespace Fabric.Lab.Simulation;

/// <summary>What came of a ping, a datagram or an HTTP request of a simulated pod: how it ended, the answer or the reason, and how long it took.</summary>
internal sealed record SimulatedAnswer(PodOutcome Outcome, string Text, TimeSpan Elapsed)
{
    public bool IsAnswered => Outcome == PodOutcome.Answered;
}

/// <summary>Why there was no answer: what the pod was told (an ICMP error, a reset), silence, or a failure of its own.</summary>
internal readonly record struct PodFault(PodOutcome Outcome, string Reason)
{
    public static PodFault Silence { get; } = new(PodOutcome.TimedOut, "no answer");

    public static PodFault NoWay { get; } = new(PodOutcome.Failed, "no way there");

    /// <summary>The MTU that an ICMP error named.</summary>
    public int? Mtu { get; init; }

    public static PodFault Refused(string reason) => new(PodOutcome.Refused, reason);

    public SimulatedAnswer After(TimeSpan elapsed) => new(Outcome, Reason, elapsed);
}
