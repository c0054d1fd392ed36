using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The rows of tier-0s and tier-1s, and of everything that routes below them.</summary>
internal static class GatewayRows
{
    /// <summary>The NAT sections of a gateway or VPC: born with it, and its rules below each.</summary>
    public static readonly PolicyType Nat = PolicyType.Of<PolicyNat>(
        "nat",
        verbs: PolicyVerbs.Read,
        goesWithParent: true,
        children: [PolicyType.Of<PolicyNatRule>("nat-rules", NatChecks.Complete, order: rule => rule.SequenceNumber)]);

    public static readonly PolicyType StaticRoutes = PolicyType.Of<StaticRoutes>("static-routes", RoutingChecks.Complete);

    private static readonly PolicyType DnsForwarder = PolicyType.Single<PolicyDnsForwarder>(
        "dns-forwarder", DnsForwarderChecks.Complete, verbs: PolicyVerbs.Get | PolicyVerbs.Write | PolicyVerbs.Delete);

    public static readonly PolicyType Tier0s = PolicyType.Of<Tier0>(
        "tier-0s",
        Tier0Checks.Complete,
        Tier0Checks.Release,
        births: Tier0Checks.Births,
        children:
        [
            PolicyType.Of<LocaleServices>("locale-services", LocaleServicesChecks.OfTier0, children:
            [
                PolicyType.Of<Tier0Interface>("interfaces", InterfaceChecks.Complete),
                .. SecurityRows.OfLocaleServices,
                PolicyType.Single<BgpRoutingConfig>(
                    "bgp",
                    RoutingChecks.Complete,
                    born: () => new BgpRoutingConfig { LocalAsNum = "65000", InterSrIbgp = true },
                    children: [PolicyType.Of<BgpNeighborConfig>("neighbors", RoutingChecks.Complete)]),
                PolicyType.Single<OspfRoutingConfig>("ospf", born: () => new OspfRoutingConfig(), children: [PolicyType.Of<OspfAreaConfig>("areas")]),
            ]),
            StaticRoutes,
            PolicyType.Of<StaticRouteBfdPeer>("static-routes/bfd-peers", RoutingChecks.Complete, wrapperField: "BfdPeer"),
            PolicyType.Of<PrefixList>("prefix-lists", RoutingListChecks.Complete),
            PolicyType.Of<CommunityList>("community-lists", RoutingListChecks.Complete),
            PolicyType.Of<Tier0RouteMap>("route-maps"),
            Nat,
            DnsForwarder,
            .. SecurityRows.OfGateway,
        ]);

    public static readonly PolicyType Tier1s = PolicyType.Of<Tier1>(
        "tier-1s",
        Tier1Checks.Complete,
        Tier1Checks.Release,
        births: Tier1Checks.Births,
        children:
        [
            PolicyType.Of<LocaleServices>("locale-services", LocaleServicesChecks.OfTier1, children:
            [
                PolicyType.Of<Tier1Interface>("interfaces", InterfaceChecks.Complete),
                .. SecurityRows.OfLocaleServices,
            ]),
            SegmentRows.Segments,
            StaticRoutes,
            Nat,
            DnsForwarder,
            .. SecurityRows.OfGateway,
        ]);
}
