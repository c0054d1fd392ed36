namespace Fabric.HostSwitch.Pipeline;

/// <summary>A list of stages, run in order until one ends the frame's way.</summary>
internal sealed class Journey(PacketContext context, IStage[] stages)
{
    public IReadOnlyList<IStage> Stages => stages;

    /// <summary>Continue: it passed them all.</summary>
    public Verdict Run(ref Frame frame)
    {
        foreach (var stage in stages)
        {
            var verdict = stage.Run(ref frame);
            frame.Trace?.Record(stage.Name, verdict);
            if (verdict.Ends)
            {
                if (verdict.IsDrop)
                {
                    context.CountDrop(ref frame, verdict.Reason);
                }

                return verdict;
            }
        }

        return Verdict.Continue;
    }
}
