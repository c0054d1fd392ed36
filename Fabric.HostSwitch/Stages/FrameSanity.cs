using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Stages;

/// <summary>Finds where everything stands in the frame, and refuses what no sane station sends. Behind it nobody checks lengths again.</summary>
internal sealed class FrameSanity : IStage
{
    private const int EthernetAndTags = 22; // header and two tags, beyond the MTU (reference: nsx-dataplane.md, 10.1)

    public string Name => "sanity";

    public Verdict Run(ref Frame frame)
    {
        if (FrameLayout.Parse(frame.Bytes, out frame.Layout) != FrameMalformation.None)
        {
            return Verdict.Drop(DropReason.MalformedRx);
        }

        var source = frame.Source;
        bool isTooLong = frame.Vnic is { } vnic && frame.Bytes.Length > vnic.Mtu + EthernetAndTags;
        return source.IsGroup || source.IsZero || isTooLong ? Verdict.Drop(DropReason.MalformedRx) : Verdict.Continue;
    }
}
