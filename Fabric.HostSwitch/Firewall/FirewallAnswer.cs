using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Flows;

namespace Fabric.HostSwitch.Firewall;

/// <summary>The firewall's ways to answer, with what a trace and the rule's counters should know of it.</summary>
internal static class FirewallAnswer
{
    /// <summary>Counts a lookup that ended at this rule, and its packet.</summary>
    public static RuleCounters? Note(CompiledRule? rule, int length, bool isDry)
    {
        if (rule is not null && !isDry)
        {
            rule.Counters.CountHit();
            rule.Counters.CountPacket(length);
        }

        return rule?.Counters;
    }

    public static FirewallDecision Passed(RuleCounters? rule, ConnectionRef connection, bool mayCache, ref Frame frame)
    {
        if (frame.Trace is not null)
        {
            frame.Trace.Detail = rule is null ? "no rule" : $"rule {rule.RuleId}";
        }

        return new FirewallDecision(Verdict.Continue, rule?.RuleId ?? 0, connection, IsReject: false, mayCache);
    }

    public static FirewallDecision Dropped(DropReason reason, uint ruleId)
        => new(Verdict.Drop(reason), ruleId, default, IsReject: false, MayCache: false);

    public static FirewallDecision Dropped(DropReason reason, CompiledRule rule, ref Frame frame)
    {
        if (frame.Trace is not null)
        {
            frame.Trace.Detail = $"rule {rule.Id} {rule.Action}";
        }

        bool isReject = rule.Action == RuleAction.Reject && reason is (DropReason.FirewallRuleRx or DropReason.FirewallRuleTx);
        return new FirewallDecision(Verdict.Drop(reason), rule.Id, default, isReject, MayCache: false);
    }

    public static DropReason ReasonOf(TcpRefusal refusal)
        => refusal == TcpRefusal.IllegalFlags ? DropReason.FirewallNormalize : DropReason.StateMismatch;
}
