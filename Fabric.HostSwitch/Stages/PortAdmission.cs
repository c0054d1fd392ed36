using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Stages;

/// <summary>A port carries frames while it, its switch, its vnic and, of a child, its parent are up (reference: nsx-dataplane.md, 2.2).</summary>
internal sealed class PortAdmission : IStage
{
    public string Name => "admission";

    public Verdict Run(ref Frame frame)
    {
        var port = frame.Port!;
        bool isOut = frame.Direction == Direction.Out;
        if (port.Segment is null)
        {
            return Verdict.Drop(isOut ? DropReason.LeafRx : DropReason.LeafTx);
        }

        if (port.IsTagAmbiguous)
        {
            return Verdict.Drop(DropReason.ChildTagAmbiguous);
        }

        if (port.Tag >= 0 && port.Parent is null)
        {
            return Verdict.Drop(isOut ? DropReason.LeafRxRefPortNotFound : DropReason.LeafTx);
        }

        bool isUp = port.IsUp && port.Segment.IsUp && port.Vnic.IsUp && port.Parent is not { IsUp: false };
        return isUp ? Verdict.Continue : Verdict.Drop(DropReason.PortBlocked);
    }
}
