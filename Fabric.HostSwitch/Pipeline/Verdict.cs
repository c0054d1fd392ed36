namespace Fabric.HostSwitch.Pipeline;

/// <summary>What a stage says of a frame: go on, it is dropped for a reason, or it ends here because someone took it.</summary>
internal readonly record struct Verdict(VerdictKind Kind, DropReason Reason)
{
    /// <summary>The next stage looks at it. Past the last stage the frame is forwarded.</summary>
    public static Verdict Continue => default;

    /// <summary>The frame has done its work here: answered, queued for a neighbor, taken by a protocol of the host itself.</summary>
    public static Verdict Consumed => new(VerdictKind.Consumed, DropReason.None);

    public static Verdict Drop(DropReason reason) => new(VerdictKind.Drop, reason);

    public bool Ends => Kind != VerdictKind.Continue;

    public bool IsDrop => Kind == VerdictKind.Drop;

    public override string ToString() => Kind switch
    {
        VerdictKind.Continue => "continue",
        VerdictKind.Consumed => "consumed",
        _ => Reason.CounterName(),
    };
}

/// <summary>The three ways a stage can answer.</summary>
internal enum VerdictKind : byte
{
    Continue,
    Consumed,
    Drop,
}
