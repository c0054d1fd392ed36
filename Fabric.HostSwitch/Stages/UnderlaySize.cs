using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// The outer packet is never fragmented, so what does not fit is dropped, counted, and its sender told how much would: by the router
/// it passed, or in the destination's name where the fabric does that (reference: nsx-dataplane.md, 1.5).
/// </summary>
internal sealed class UnderlaySize(TunnelSettings settings, TunnelPorts ports, IcmpErrors errors) : IStage
{
    public string Name => "underlay-size";

    public Verdict Run(ref Frame frame)
    {
        int room = ports.RoomFor(frame.Egress.Tep!);
        if (frame.Bytes.Length <= room)
        {
            frame.Recipe.MaxNetworkLength = Math.Min(frame.Recipe.MaxNetworkLength, room - frame.Layout.NetworkOffset);
            return Verdict.Continue;
        }

        if (frame.RoutedBy is not null || settings.EmulatesPmtud)
        {
            errors.TooBig(ref frame, room - frame.Layout.NetworkOffset);
        }

        return Verdict.Drop(DropReason.UplinkTxInvalidFrame);
    }
}
