using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Stages;

/// <summary>Writes the tunnel header into the headroom; which UDP port it leaves from is the inner flow's hash (reference: nsx-dataplane.md, 1.5).</summary>
internal sealed class Encapsulation(PacketContext context, TunnelPorts ports) : IStage
{
    public string Name => "encapsulation";

    public Verdict Run(ref Frame frame)
    {
        var tep = frame.Egress.Tep!;
        var port = ports.For(tep)!;
        frame.Tunnel.Path = new Packets.Links.TunnelPath(
            tep.Ip,
            FlowHash.SourcePort(frame.Bytes, frame.Layout),
            OuterHeader.PortOf(tep.Encapsulation))
        {
            Dscp = DscpOf(in frame),
        };
        OuterHeader.For(frame.Segment!, tep, ports.LabelOf(port), frame.Egress.AsksToReplicate).Prepend(frame.Buffer);
        context.Count(ref frame, HostEvent.UplinkTx);
        return Verdict.Continue;
    }

    /// <summary>Trusted: the outer packet says what the inner says (reference: nsx-dataplane.md, 3.5).</summary>
    public static byte DscpOf(ref readonly Frame frame)
    {
        if (!frame.Layout.IsIp)
        {
            return 0;
        }

        var packet = frame.Bytes[frame.Layout.NetworkOffset..];
        return frame.Layout.IsIpv4 ? (byte)(packet[1] >> 2) : (byte)(((packet[0] & 0xF) << 2) | (packet[1] >> 6));
    }
}
