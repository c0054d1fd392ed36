namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// What the firewall says of one frame. <c>Connection</c> is what the flow cache must move on with each further frame; with none,
/// <c>MayCache</c> says whether the verdict holds for equal frames without any counting (an excluded port).
/// </summary>
internal readonly record struct FirewallDecision(Verdict Verdict, uint RuleId, ConnectionRef Connection, bool IsReject, bool MayCache)
{
    /// <summary>Passed without a rule: the port has no filter.</summary>
    public static FirewallDecision Unfiltered => new(Verdict.Continue, 0, default, false, true);
}

/// <summary>Names an entry of the connection table; the version tells a reused place from the one that was meant.</summary>
internal readonly record struct ConnectionRef(int Place, uint Version)
{
    public bool IsNone => Version == 0;
}
