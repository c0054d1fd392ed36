using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Remembers behind which endpoint a MAC is. Never the VDR MAC, which is behind all of them, nor a MAC of this host's own ports
/// (reference: nsx-dataplane.md, 3.3 and 5.2).
/// </summary>
internal sealed class RemoteMacLearning(PacketContext context, HostTables tables) : IStage
{
    public string Name => "remote-mac-learning";

    public Verdict Run(ref Frame frame)
    {
        var source = frame.Source;
        var segment = frame.Segment!;
        if (frame.Tunnel.Tep is not { } tep || source == tables.VdrMac || source == tables.HostMac || source.IsZero || segment.StaticMacs.ContainsKey(source))
        {
            context.Count(ref frame, HostEvent.UplinkRxSkipMacLearn);
            return Verdict.Continue;
        }

        if (frame.IsDryRun)
        {
            return Verdict.Continue;
        }

        switch (segment.State.RemoteMacs.Learn(source, tep.Ip, frame.Now))
        {
            case LearnOutcome.Changed:
                ForgetLocally(segment, source);
                context.ForgetFlows();
                break;
            case LearnOutcome.Full:
                context.Count(ref frame, HostEvent.MacTableFull);
                break;
            default:
                break;
        }

        return Verdict.Continue;
    }

    // It moved here from behind a learning port of this host.
    private static void ForgetLocally(Segment segment, MacAddress source)
    {
        foreach (var port in segment.Ports)
        {
            port.State.Macs.Forget(source);
        }
    }
}
