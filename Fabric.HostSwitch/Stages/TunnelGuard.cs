using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// What no endpoint may send: frames to the distributed router, which is on every host, and requests to replicate from outside the
/// network (reference: nsx-dataplane.md, 10.2).
/// </summary>
internal sealed class TunnelGuard(HostTables tables) : IStage
{
    public string Name => "tunnel-guard";

    public Verdict Run(ref Frame frame)
    {
        if (frame.Destination == tables.VdrMac)
        {
            return Verdict.Drop(DropReason.VdrMacFromUplink);
        }

        if (frame.Tunnel.MustReplicate && (frame.Tunnel.Tep is not { } tep || Array.IndexOf(frame.Segment!.Teps, tep) < 0))
        {
            return Verdict.Drop(DropReason.ReplicationRx);
        }

        return Verdict.Continue;
    }
}
