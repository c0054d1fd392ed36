using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>Only IPv4, IPv6 and ARP, where the profile says so; BPDUs have their own filter (reference: nsx-dataplane.md, 3.4).</summary>
internal sealed class NonIpBlock : IStage
{
    public string Name => "non-ip-block";

    public Verdict Run(ref Frame frame)
    {
        bool isKnown = frame.Layout.IsIp || frame.Layout.IsArp || (frame.Layout.EtherType == EtherType.None && frame.Destination.IsGroup);
        return isKnown || !frame.Port!.Security.BlockNonIp ? Verdict.Continue : Verdict.Drop(DropReason.NonIpBlock);
    }
}
