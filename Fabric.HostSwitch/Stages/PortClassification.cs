using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// From vnic and tag to the logical port: a child's tag is stripped, so that everything after sees an untagged frame of its switch;
/// a guest's own tag on a trunk stays (reference: nsx-dataplane.md, 2.2).
/// </summary>
internal sealed class PortClassification : IStage
{
    public string Name => "classification";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Vnic is not { } vnic)
        {
            return Verdict.Continue; // it entered at a logical port: an explanation
        }

        frame.VlanAtEntry = -1;
        var port = vnic.Untagged;
        if (frame.Layout.IsTagged)
        {
            int vlan = frame.Layout.OuterTag.Id.Value;
            frame.VlanAtEntry = vlan;
            if (vlan == 0)
            {
                frame.VlanAtEntry = -1;
                Strip(ref frame); // a priority tag names no VLAN
            }
            else if (vnic.Child(vlan) is { } child)
            {
                port = child;
                Strip(ref frame);
            }
            else if (port?.Segment?.Carries(vlan) != true)
            {
                return Verdict.Drop(frame.Destination.IsGroup ? DropReason.VlanTagMismatchRxMulticast : DropReason.VlanTagMismatchRx);
            }
        }

        if (port is null)
        {
            return Verdict.Drop(DropReason.PortBlocked);
        }

        frame.Port = port;
        frame.Ingress = port;
        frame.Segment = port.Segment;
        frame.Direction = Direction.Out;
        return port.IsTagAmbiguous ? Verdict.Drop(DropReason.ChildTagAmbiguous) : Verdict.Continue;
    }

    private static void Strip(ref Frame frame)
    {
        EthernetEdits.PopVlan(frame.Buffer);
        frame.Layout = frame.Layout.WithoutOuterTag();
    }
}
