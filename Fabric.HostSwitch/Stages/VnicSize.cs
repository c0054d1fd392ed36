using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Stages;

/// <summary>A frame that the VM's interface would not take is dropped here, by name (reference: nsx-dataplane.md, 10.2).</summary>
internal sealed class VnicSize : IStage
{
    public string Name => "vnic-size";

    public Verdict Run(ref Frame frame)
    {
        int guestTags = frame.Layout.TagCount * VlanView.TagLength;
        return frame.Bytes.Length > frame.Port!.Vnic.Mtu + EthernetHeader.Length + guestTags ? Verdict.Drop(DropReason.VnicMtu) : Verdict.Continue;
    }
}
