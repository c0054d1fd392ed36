using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Stages;

/// <summary>Broadcasts and multicasts a second, each way (reference: nsx-dataplane.md, 3.4). Off the path of unicast.</summary>
internal sealed class RateLimits(Direction direction) : IStage
{
    public string Name => direction == Direction.Out ? "rate-limit-rx" : "rate-limit-tx";

    public Verdict Run(ref Frame frame)
    {
        if ((frame.Bytes[0] & 1) == 0 || frame.IsDryRun)
        {
            return Verdict.Continue;
        }

        var state = frame.Port!.State;
        var security = frame.Port.Security;
        bool isBroadcast = frame.Destination.IsBroadcast;
        var (limit, perSecond, reason) = (direction, isBroadcast) switch
        {
            (Direction.Out, true) => (state.RxBroadcast, security.RxBroadcastLimit, DropReason.RxRateLimitBroadcast),
            (Direction.Out, false) => (state.RxMulticast, security.RxMulticastLimit, DropReason.RxRateLimitMulticast),
            (_, true) => (state.TxBroadcast, security.TxBroadcastLimit, DropReason.TxRateLimitBroadcast),
            (_, false) => (state.TxMulticast, security.TxMulticastLimit, DropReason.TxRateLimitMulticast),
        };
        return limit.Allows(perSecond, frame.Now) ? Verdict.Continue : Verdict.Drop(reason);
    }
}
