using Fabric.Manager.Catalog.Routing;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of logical routers and static routes, and what is born and dies with a router.</summary>
internal static class RoutingChecks
{
    public static Checked<LogicalRouter> Complete(WriteScope scope, LogicalRouter? before, LogicalRouter router)
    {
        if (before is null)
        {
            scope.Put(new AdvertisementConfig { Id = router.Id, LogicalRouterId = router.Id });
            scope.Put(new AdvertiseRuleList { Id = router.Id, LogicalRouterId = router.Id });
            scope.Put(new RoutingConfig { Id = router.Id, LogicalRouterId = router.Id });
            scope.Put(new BfdConfig { Id = router.Id, LogicalRouterId = router.Id });
            if (router.RouterType != "TIER1")
            {
                scope.Put(new BgpConfig { Id = router.Id, LogicalRouterId = router.Id, RouteAggregation = [], GracefulRestartConfig = new GracefulRestartConfig() });
                scope.Put(new RedistributionConfig { Id = router.Id, LogicalRouterId = router.Id });
                scope.Put(new RedistributionRuleList { Id = router.Id, LogicalRouterId = router.Id });
            }
        }

        var own = router.AdvancedConfig ?? new LogicalRouterConfig();
        return router.RouterType != "TIER0"
            ? router with { AdvancedConfig = own }
            : router with
            {
                HighAvailabilityMode = router.HighAvailabilityMode ?? "ACTIVE_ACTIVE",
                AdvancedConfig = own with
                {
                    ExternalTransitNetworks = own.ExternalTransitNetworks is { Count: > 0 } given ? given : ["100.64.0.0/16"],
                    InternalTransitNetwork = own.InternalTransitNetwork ?? "169.254.0.0/28",
                },
            };
    }

    /// <summary>What was born with the router goes with it; ports stay in the way unless cascade_delete_linked_ports or force takes them along.</summary>
    public static ApiError? Release(WriteScope scope, LogicalRouter router, DeleteWishes wishes)
    {
        foreach (var owned in scope.Model.ReferrersOf(ResourceKey.Of(router)).Select(scope.Model.Find).ToList())
        {
            if (owned is LogicalRouterPort port)
            {
                if (!wishes.Force && !wishes.Cascade)
                {
                    continue;
                }

                RouterPortChecks.Release(scope, port, wishes with { Cascade = true });
                scope.Remove(ResourceKey.Of(port));
            }
            else if (owned is AdvertisementConfig or AdvertiseRuleList or RoutingConfig or StaticRoute or StaticHopBfdPeer or BfdConfig or NatRule
                or BgpConfig or BgpNeighbor or BGPCommunityList or IPPrefixList or RouteMap or RedistributionConfig or RedistributionRuleList)
            {
                scope.Remove(ResourceKey.Of(owned));
            }
        }

        return null;
    }

    public static Checked<StaticRoute> Complete(WriteScope scope, StaticRoute? before, StaticRoute route)
    {
        _ = before;
        var network = IpPrefix.Parse(route.Network);
        if (network.Network != network.Address)
        {
            return ApiErrors.Field($"network {route.Network} has host bits set; the network is {network.Network}/{network.Length}");
        }

        foreach (var (hop, at) in route.NextHops.Select((hop, at) => (hop, at)))
        {
            bool blackhole = hop.BlackholeAction is not null;
            if (hop.IpAddress is null && !blackhole && hop.LogicalRouterPortId is null)
            {
                return ApiErrors.Field($"next_hops[{at}].ip_address may not be null, unless blackhole_action or logical_router_port_id is given");
            }

            if (hop.IpAddress is { } address && IpAddress.Parse(address).IsIpv4 != network.Address.IsIpv4)
            {
                return ApiErrors.Field($"next_hops[{at}].ip_address {address} is not of the family of {route.Network}");
            }
        }

        return scope.Model.All<StaticRoute>().Any(other => other.LogicalRouterId == route.LogicalRouterId && other.Id != route.Id && IpPrefix.Parse(other.Network) == network)
            ? ApiErrors.Routing($"Router {route.LogicalRouterId} has a static route to {route.Network} already.")
            : route;
    }
}
