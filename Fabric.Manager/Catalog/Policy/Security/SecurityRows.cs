namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>The rows of groups, services, firewall policies and certificates below an infra.</summary>
internal static class SecurityRows
{
    /// <summary>Below domains and VPCs.</summary>
    public static readonly PolicyType Groups = PolicyType.Of<Group>(
        "groups",
        GroupChecks.Complete,
        filters: [("member_types", GroupChecks.MemberTypes)],
        children:
        [
            PolicyType.Of<PolicyFirewallFloodProtectionProfileBindingMap>("firewall-flood-protection-profile-binding-maps"),
            PolicyType.Of<PolicyFirewallSessionTimerProfileBindingMap>("firewall-session-timer-profile-binding-maps"),
        ],
        canForce: true);

    /// <summary>Below security policies, wherever they stand.</summary>
    public static readonly PolicyType SecurityRules = PolicyType.Of<Rule>("rules", RuleChecks.Complete, RuleChecks.Release, DefaultPolicies.Show, order: RuleChecks.Order, systemOwnedMayChange: true);

    /// <summary>Below gateway policies, wherever they stand.</summary>
    public static readonly PolicyType GatewayRules = PolicyType.Of<Rule>("rules", RuleChecks.Complete, RuleChecks.Release, order: RuleChecks.Order, systemOwnedMayChange: true);

    /// <summary>Below domains and VPCs.</summary>
    public static readonly PolicyType SecurityPolicies = PolicyType.Of<SecurityPolicy>(
        "security-policies",
        PolicyChecks.Complete,
        PolicyChecks.Release,
        PolicyChecks.Show,
        children: [SecurityRules, PolicyType.Of<SecurityPolicyContainerCluster>("container-cluster-span")],
        embeds: [Embedded.Of<SecurityPolicy, Rule>("rules", SecurityRules, (policy, rules) => policy with { Rules = rules }, inLists: false)],
        order: policy => PolicyOrder.KeyOf(policy),
        systemOwnedMayChange: true);

    /// <summary>Below domains and VPCs.</summary>
    public static readonly PolicyType GatewayPolicies = PolicyType.Of<GatewayPolicy>(
        "gateway-policies",
        PolicyChecks.Complete,
        PolicyChecks.Release,
        PolicyChecks.Show,
        children: [GatewayRules],
        embeds: [Embedded.Of<GatewayPolicy, Rule>("rules", GatewayRules, (policy, rules) => policy with { Rules = rules }, inLists: false)],
        order: policy => PolicyOrder.KeyOf(policy),
        systemOwnedMayChange: true);

    private static readonly PolicyType ServiceEntries = PolicyType.Of<ServiceEntry>("service-entries", ServiceChecks.Complete);

    private static readonly PolicyType AccessEntries = PolicyType.Of<L7AccessEntry>("l7-access-entries", order: entry => entry.SequenceNumber ?? 0);

    /// <summary>What of these a VPC has.</summary>
    public static IReadOnlyList<PolicyType> OfVpc { get; } = [Groups, SecurityPolicies, GatewayPolicies];

    /// <summary>Below tier-0s and tier-1s.</summary>
    public static IReadOnlyList<PolicyType> OfGateway { get; } = [.. Bindings(), PolicyType.Single<SecurityFeatures>("security-config", born: () => new SecurityFeatures())];

    /// <summary>Below the locale services of gateways.</summary>
    public static IReadOnlyList<PolicyType> OfLocaleServices { get; } = [.. Bindings()];

    public static IReadOnlyList<PolicyType> OfInfra { get; } =
    [
        PolicyType.Of<Domain>("domains", children: [Groups, SecurityPolicies, GatewayPolicies, .. IntrusionRows.OfDomain, PolicyType.Of<DomainDeploymentMap>("domain-deployment-maps", goesWithParent: true)]),
        PolicyType.Of<Service>(
            "services",
            ServiceChecks.Complete,
            children: [ServiceEntries],
            embeds: [Embedded.Of<Service, ServiceEntry>("service_entries", ServiceEntries, (service, entries) => service with { ServiceEntries = entries })],
            filters: [("default_service", service => service.IsDefault)],
            canForce: true),
        PolicyType.Of<PolicyContextProfile>("context-profiles", ContextProfileChecks.Complete, canForce: true),
        PolicyType.Of<L7AccessProfile>(
            "l7-access-profiles",
            show: (model, profile) => profile with { EntryCount = model.ChildrenOf<L7AccessEntry>(profile.Path).Count() },
            children: [AccessEntries],
            embeds: [Embedded.Of<L7AccessProfile, L7AccessEntry>("l7_access_entries", AccessEntries, (profile, entries) => profile with { Entries = entries })]),
        PolicyType.Single<PolicyExcludeList>("settings/firewall/security/exclude-list", born: () => new PolicyExcludeList()),
        PolicyType.Single<DfwFirewallConfiguration>("settings/firewall/security", born: () => new DfwFirewallConfiguration()),
        .. IntrusionRows.OfInfra,
        PolicyType.Of<PolicyFirewallSessionTimerProfile>("firewall-session-timer-profiles"),
        PolicyType.Of<FloodProtectionProfile>("flood-protection-profiles"),
        PolicyType.Of<PolicyFirewallScheduler>("firewall-schedulers"),
        PolicyType.Of<Constraint>("constraints", ConstraintChecks.Complete),
        PolicyType.Of<TlsCertificate>("certificates", CertificateChecks.Complete),
        PolicyType.Of<TlsCrl>("crls"),
    ];

    private static PolicyType[] Bindings() =>
    [
        PolicyType.Of<FloodProtectionProfileBindingMap>("flood-protection-profile-bindings", goesWithParent: true),
        PolicyType.Of<SessionTimerProfileBindingMap>("session-timer-profile-bindings", goesWithParent: true),
    ];
}
