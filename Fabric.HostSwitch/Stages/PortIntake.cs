using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Stages;

/// <summary>Counts what a logical port receives from its VM, and shows it to whoever captures there: before any check, as it was sent.</summary>
internal sealed class PortIntake : IStage
{
    public string Name => "intake";

    public Verdict Run(ref Frame frame)
    {
        if (!frame.IsDryRun)
        {
            Take(ref frame);
        }

        return Verdict.Continue;
    }

    /// <summary>The same for the fast path.</summary>
    public static void Take(ref readonly Frame frame)
    {
        var state = frame.Port!.State;
        state.Counters.RxPackets++;
        state.Counters.RxBytes += frame.Bytes.Length;
        state.Counters.RxMulticastBroadcast += frame.Bytes[0] & 1;
        state.Tap?.Capture(frame.Bytes, output: false);
    }
}
