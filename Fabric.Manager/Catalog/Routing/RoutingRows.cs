using Fabric.Manager.Catalog.Checks;

namespace Fabric.Manager.Catalog.Routing;

/// <summary>The rows of logical routers and of what is set on them.</summary>
internal static class RoutingRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<LogicalRouter>(
            "/logical-routers", RoutingChecks.Complete, RoutingChecks.Release, filters: [("router_type", router => router.RouterType)], canForce: true),
        ResourceType.Of<LogicalRouterPort>(
            "/logical-router-ports",
            RouterPortChecks.Complete,
            RouterPortChecks.Release,
            RouterPortChecks.Show,
            filters: [("logical_router_id", port => port.LogicalRouterId), ("resource_type", port => port.ResourceType)],
            tests: [("logical_switch_id", (model, port, wanted) => model.Find<LogicalPort>(RouterPortChecks.LogicalPortOf(port))?.LogicalSwitchId == wanted)],
            indexed: ["logical_router_id"],
            found: [("logical_switch_id", (model, wanted) => [.. model.ReferrersOf(ResourceKey.Of<LogicalSwitch>(wanted)).SelectMany(model.ReferrersOf)
                .Where(key => key.Kind == nameof(LogicalRouterPort)).Distinct()])],
            canForce: true),
        ResourceType.Of<StaticRoute>(
            "/logical-routers/{parent}/routing/static-routes",
            RoutingChecks.Complete,
            createdStatus: 200,
            parent: (typeof(LogicalRouter), route => route.LogicalRouterId, (route, router) => route with { LogicalRouterId = router })),
        ResourceType.Of<StaticHopBfdPeer>(
            "/logical-routers/{parent}/routing/static-routes/bfd-peers",
            parent: (typeof(LogicalRouter), peer => peer.LogicalRouterId, (peer, router) => peer with { LogicalRouterId = router })),
        ResourceType.Of<NatRule>(
            "/logical-routers/{parent}/nat/rules",
            NatChecks.Complete,
            order: rule => rule.RulePriority,
            parent: (typeof(LogicalRouter), rule => rule.LogicalRouterId, (rule, router) => rule with { LogicalRouterId = router })),
        ResourceType.Of<BgpNeighbor>(
            "/logical-routers/{parent}/routing/bgp/neighbors",
            RouteFilterChecks.Complete,
            createdStatus: 200,
            parent: (typeof(LogicalRouter), neighbor => neighbor.LogicalRouterId, (neighbor, router) => neighbor with { LogicalRouterId = router })),
        ResourceType.Of<BGPCommunityList>(
            "/logical-routers/{parent}/routing/bgp/community-lists",
            createdStatus: 200,
            parent: (typeof(LogicalRouter), list => list.LogicalRouterId, (list, router) => list with { LogicalRouterId = router })),
        ResourceType.Of<IPPrefixList>(
            "/logical-routers/{parent}/routing/ip-prefix-lists",
            RouteFilterChecks.Complete,
            createdStatus: 200,
            parent: (typeof(LogicalRouter), list => list.LogicalRouterId, (list, router) => list with { LogicalRouterId = router })),
        ResourceType.Of<RouteMap>(
            "/logical-routers/{parent}/routing/route-maps",
            RouteFilterChecks.Complete,
            createdStatus: 200,
            parent: (typeof(LogicalRouter), map => map.LogicalRouterId, (map, router) => map with { LogicalRouterId = router })),
        ResourceType.Of<DADProfile>("/ipv6/dad-profiles", createdStatus: 200),
        ResourceType.Of<NDRAProfile>("/ipv6/nd-ra-profiles", createdStatus: 200),
    ];

    public static readonly IReadOnlyList<ResourceType> Singletons =
    [
        ResourceType.Of<AdvertisementConfig>(
            "/logical-routers/{parent}/routing/advertisement",
            parent: (typeof(LogicalRouter), config => config.LogicalRouterId, (config, router) => config with { LogicalRouterId = router })),
        ResourceType.Of<AdvertiseRuleList>(
            "/logical-routers/{parent}/routing/advertisement/rules",
            parent: (typeof(LogicalRouter), list => list.LogicalRouterId, (list, router) => list with { LogicalRouterId = router })),
        ResourceType.Of<RoutingConfig>(
            "/logical-routers/{parent}/routing",
            parent: (typeof(LogicalRouter), config => config.LogicalRouterId, (config, router) => config with { LogicalRouterId = router })),
        ResourceType.Of<BfdConfig>(
            "/logical-routers/{parent}/routing/bfd-config",
            parent: (typeof(LogicalRouter), config => config.LogicalRouterId, (config, router) => config with { LogicalRouterId = router })),
        ResourceType.Of<BgpConfig>(
            "/logical-routers/{parent}/routing/bgp",
            parent: (typeof(LogicalRouter), config => config.LogicalRouterId, (config, router) => config with { LogicalRouterId = router })),
        ResourceType.Of<RedistributionConfig>(
            "/logical-routers/{parent}/routing/redistribution",
            parent: (typeof(LogicalRouter), config => config.LogicalRouterId, (config, router) => config with { LogicalRouterId = router })),
        ResourceType.Of<RedistributionRuleList>(
            "/logical-routers/{parent}/routing/redistribution/rules",
            parent: (typeof(LogicalRouter), list => list.LogicalRouterId, (list, router) => list with { LogicalRouterId = router })),
    ];
}
