using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Stages;

/// <summary>A guest's own tag reaches a port only on a trunk; a child, which has a tag already, gets none (reference: nsx-dataplane.md, 2.2).</summary>
internal sealed class GuestTag : IStage
{
    public string Name => "guest-tag";

    public Verdict Run(ref Frame frame)
    {
        if (!frame.Layout.IsTagged || (frame.Port!.Tag < 0 && frame.Segment!.Carries(frame.Layout.OuterTag.Id.Value)))
        {
            return Verdict.Continue;
        }

        return Verdict.Drop(frame.Destination.IsGroup ? DropReason.VlanTagMismatchTxMulticast : DropReason.VlanTagMismatchTx);
    }
}
