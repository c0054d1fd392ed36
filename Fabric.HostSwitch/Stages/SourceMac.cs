using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Whose MAC a port may send from: the vnic's own; any, where change is allowed; what is learned, where learning is
/// (reference: nsx-dataplane.md, 3.3).
/// </summary>
internal sealed class SourceMac(PacketContext context, MacAddress vdrMac) : IStage
{
    private const uint DefaultLimit = 4096;
    private const uint UnnamedChildLimit = 16;

    public string Name => "source-mac";

    public Verdict Run(ref Frame frame)
    {
        var port = frame.Port!;
        var source = frame.Source;
        if (port.Tag < 0 ? port.Mac is null || port.Mac == source : Array.IndexOf(port.BoundMacs, source) >= 0)
        {
            return Verdict.Continue;
        }

        // A child has no vnic to name its MAC. Unless a binding does, the switch remembers what it says.
        bool isUnnamedChild = port.Tag >= 0 && port.BoundMacs.Length == 0;
        var policy = port.MacManagement;
        if (!policy.Learning && !isUnnamedChild)
        {
            return policy.MacChangeAllowed ? Verdict.Continue : Verdict.Drop(DropReason.ForgedTransmit);
        }

        if (frame.IsDryRun || frame.Segment!.StaticMacs.ContainsKey(source) || RouterMacs.IsOfAHost(source) || source == vdrMac)
        {
            return Verdict.Continue; // an address that someone owns is never learned
        }

        uint limit = policy.Learning ? policy.LearningLimit == 0 ? DefaultLimit : policy.LearningLimit : UnnamedChildLimit;
        switch (port.State.Macs.Learn(source, limit, frame.Now, out frame.Recipe.SourceMac))
        {
            case LearnOutcome.Changed:
                port.State.Counters.MacsLearned++;
                MoveHere(ref frame);
                context.ForgetFlows();
                break;
            case LearnOutcome.Full when policy.DropOverLimit:
                return Verdict.Drop(DropReason.MacNotLearned);
            case LearnOutcome.Full:
                port.State.Counters.MacNotLearnedAllowed++;
                frame.Recipe.MayCache = false;
                break;
            default:
                break;
        }

        return Verdict.Continue;
    }

    private static void MoveHere(ref Frame frame)
    {
        foreach (var other in frame.Segment!.Ports)
        {
            if (other != frame.Port)
            {
                other.State.Macs.Forget(frame.Source);
            }
        }
    }
}
