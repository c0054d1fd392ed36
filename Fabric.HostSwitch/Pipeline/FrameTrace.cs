namespace Fabric.HostSwitch.Pipeline;

/// <summary>What the stages said of one frame, in order. Off the fast path: it allocates.</summary>
internal sealed class FrameTrace(bool isDryRun)
{
    private readonly List<TraceStep> _steps = [];

    /// <summary>Nothing but the answer is wanted: no counter moves and nothing leaves the host.</summary>
    public bool IsDryRun { get; } = isDryRun;

    public IReadOnlyList<TraceStep> Steps => _steps;

    /// <summary>What the running stage wants to add to its own record, e.g. "rule 1027" or "to 172.16.10.12".</summary>
    public string? Detail { get; set; }

    public void Record(string stage, Verdict verdict)
    {
        _steps.Add(new TraceStep(stage, verdict.ToString(), Detail ?? ""));
        Detail = null;
    }
}

/// <summary>One stage's answer: its name, "continue", "consumed" or the drop counter's name, and what it based that on.</summary>
internal readonly record struct TraceStep(string Stage, string Verdict, string Detail);
