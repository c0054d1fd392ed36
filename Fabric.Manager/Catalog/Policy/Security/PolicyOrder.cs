using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Which policies and rules go first: by category, then by sequence number, then the older.</summary>
internal static class PolicyOrder
{
    private const int Gap = 10;

    /// <summary>Of the distributed firewall, highest first; policies without a category come after them (reference: nsx-dataplane.md, 4.2).</summary>
    private static readonly string[] Distributed = ["Ethernet", "Emergency", "Infrastructure", "Environment", "Application"];

    private static readonly string[] Gateway = ["Emergency", "SystemRules", "SharedPreRules", "LocalGatewayRules", "AutoServiceRules", "Default"];

    public static IRulePolicy? PolicyAt(FabricModel model, string path) => model.Find<SecurityPolicy>(path) ?? (IRulePolicy?)model.Find<GatewayPolicy>(path);

    public static int RankOf(IRulePolicy policy)
    {
        var words = policy is SecurityPolicy ? Distributed : Gateway;
        int at = Array.IndexOf(words, policy.Category);
        return at < 0 ? words.Length : at;
    }

    /// <summary>What policies are sorted by.</summary>
    public static IComparable KeyOf(SecurityPolicy policy) => (policy.IsDefault, RankOf(policy), policy.SequenceNumber, policy.CreateTime, policy.Path);

    public static IComparable KeyOf(GatewayPolicy policy) => (policy.IsDefault, RankOf(policy), policy.SequenceNumber, policy.CreateTime, policy.Path);

    /// <summary>One number by which all policies of a firewall can be told apart: the category's base and the policy's own.</summary>
    public static int InternalNumber(IRulePolicy policy) => (int)Math.Min(int.MaxValue, ((RankOf(policy) + 1L) * 10_000_000) + policy.SequenceNumber);

    /// <summary>
    /// A number for something put among others at a place: between its neighbours if there is room; else null, and all of them are to be
    /// numbered anew.
    /// </summary>
    public static int? Between(int? left, int? right) => (left, right) switch
    {
        (null, null) => Gap,
        ({ } last, null) => last <= int.MaxValue - Gap ? last + Gap : null,
        (null, { } first) => first > 0 ? first / 2 : null,
        ({ } low, { } high) => high - low >= 2 ? low + ((high - low) / 2) : null,
    };

    /// <summary>The number of the one at a place when all are numbered anew.</summary>
    public static int Fresh(int at) => (at + 1) * Gap;
}
