using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>The rows of intrusion detection, which this fabric stores and does not do.</summary>
internal static class IntrusionRows
{
    private static readonly PolicyType Rules = PolicyType.Of<IdsRule>("rules", Complete, order: rule => (rule.SequenceNumber, rule.RuleId));

    private static readonly PolicyType GatewayRules = PolicyType.Of<IdsRule>("rules", Complete, order: rule => (rule.SequenceNumber, rule.RuleId));

    public static IReadOnlyList<PolicyType> OfDomain { get; } =
    [
        PolicyType.Of<IdsSecurityPolicy>(
            "intrusion-service-policies",
            show: (model, policy) => policy with { RuleCount = model.ChildrenOf<IdsRule>(policy.Path).Count() },
            children: [Rules],
            embeds: [Embedded.Of<IdsSecurityPolicy, IdsRule>("rules", Rules, (policy, rules) => policy with { Rules = rules }, inLists: false)],
            order: policy => (policy.SequenceNumber, policy.Path)),
        PolicyType.Of<IdsGatewayPolicy>(
            "intrusion-service-gateway-policies",
            show: (model, policy) => policy with { RuleCount = model.ChildrenOf<IdsRule>(policy.Path).Count() },
            children: [GatewayRules],
            embeds: [Embedded.Of<IdsGatewayPolicy, IdsRule>("rules", GatewayRules, (policy, rules) => policy with { Rules = rules }, inLists: false)],
            order: policy => (policy.SequenceNumber, policy.Path)),
    ];

    public static IReadOnlyList<PolicyType> OfInfra { get; } =
    [
        PolicyType.Single<IdsSettings>("settings/firewall/security/intrusion-services", born: () => new IdsSettings(), children:
        [
            PolicyType.Of<IdsClusterConfig>("cluster-configs"),
            PolicyType.Of<IdsProfile>("profiles"),
            PolicyType.Of<IdsSignatureVersion>("signature-versions", verbs: PolicyVerbs.Read, children: [PolicyType.Of<IdsSignature>("signatures", verbs: PolicyVerbs.Read)]),
        ]),
    ];

    private static Checked<IdsRule> Complete(WriteScope scope, IdsRule? before, IdsRule rule)
    {
        _ = before;
        return rule with { RuleId = rule.RuleId ?? Numbering.NextRuleId(scope) };
    }
}
