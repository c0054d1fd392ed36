using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Stages;

/// <summary>The distributed firewall of the port whose checks are running; what it rejects is answered from here.</summary>
internal sealed class FirewallStage(PacketContext context, IPacketFilter filter, Direction direction) : IStage
{
    public string Name => direction == Direction.Out ? "firewall-out" : "firewall-in";

    public Verdict Run(ref Frame frame)
    {
        if (frame.IsUnfiltered)
        {
            return Verdict.Continue;
        }

        var decision = filter.Decide(ref frame, frame.Port!.Filter, direction);
        if (decision.IsReject && !frame.IsDryRun)
        {
            Reject(ref frame);
        }

        frame.Recipe.MayCache &= decision.MayCache || !decision.Connection.IsNone;
        if (direction == Direction.Out)
        {
            frame.Recipe.OutConnection = decision.Connection;
        }
        else
        {
            frame.Recipe.InConnection = decision.Connection;
        }

        return decision.Verdict;
    }

    private void Reject(ref Frame frame)
    {
        var reply = context.Pool.Take();
        if (!filter.TryBuildReject(ref frame, reply))
        {
            context.Pool.Give(reply);
        }
        else if (direction == Direction.Out)
        {
            context.Emissions.ToPort(reply, frame.Port!, isUnfiltered: true);
        }
        else
        {
            context.Emissions.ToSegment(reply, frame.Segment!); // back through the switch, to wherever it came from
        }
    }
}
