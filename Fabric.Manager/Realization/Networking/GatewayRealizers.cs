using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Realization.Networking;

/// <summary>Gateways are logical routers; a tier-1 that names a tier-0 is linked to it, and tells it the routes it advertises.</summary>
internal static class GatewayRealizers
{
    public static IEnumerable<ManagedResource> Tier0(IntentReader reader, Tier0 gateway)
    {
        yield return new LogicalRouter
        {
            Id = RealizedId.Of(gateway),
            RouterType = gateway.VrfConfig is null ? "TIER0" : "VRF",
            HighAvailabilityMode = gateway.HaMode,
            FailoverMode = gateway.HaMode == "ACTIVE_STANDBY" ? gateway.FailoverMode : null,
            AdvancedConfig = new LogicalRouterConfig
            {
                ExternalTransitNetworks = gateway.TransitSubnets,
                InternalTransitNetwork = gateway.InternalTransitSubnets is [var first, ..] ? first : null,
            },
        };
    }

    public static IEnumerable<ManagedResource> Tier1(IntentReader reader, Tier1 gateway)
    {
        string router = RealizedId.Of(gateway);
        yield return new LogicalRouter
        {
            Id = router,
            RouterType = "TIER1",
            HighAvailabilityMode = gateway.HaMode,
            FailoverMode = gateway.FailoverMode,
        };
        yield return Advertisement(router, gateway.RouteAdvertisementTypes ?? []);
        yield return new AdvertiseRuleList
        {
            Id = router,
            LogicalRouterId = router,
            Rules = [.. (gateway.RouteAdvertisementRules ?? []).Where(rule => rule.Subnets is { Count: > 0 }).Select(rule => new AdvertiseRule
            {
                DisplayName = rule.Name,
                Action = rule.Action == "PERMIT" ? "ALLOW" : "DENY",
                Networks = rule.Subnets!,
            })],
        };
        foreach (var port in Link(reader, gateway, gateway.Tier0Path))
        {
            yield return port;
        }
    }

    /// <summary>The link to a tier-0: a port at each end, with a /31 of the tier-0's transit network.</summary>
    public static IEnumerable<ManagedResource> Link(IntentReader reader, PolicyResource lower, string? tier0Path)
    {
        if (reader.Find<Tier0>(tier0Path) is not { } upper)
        {
            yield break;
        }

        string above = RealizedId.Of(lower, $"link of {RealizedId.Of(upper)}");
        yield return new LogicalRouterLinkPortOnTIER0 { Id = above, LogicalRouterId = RealizedId.Of(upper) };
        yield return new LogicalRouterLinkPortOnTIER1
        {
            Id = RealizedId.Of(lower, "link"),
            LogicalRouterId = RealizedId.Of(lower),
            LinkedLogicalRouterPortId = new ResourceReference { TargetType = nameof(LogicalRouterLinkPortOnTIER0), TargetId = above },
        };
    }

    public static AdvertisementConfig Advertisement(string router, IReadOnlyList<string> types) => new()
    {
        Id = router,
        LogicalRouterId = router,
        Enabled = types.Count > 0,
        AdvertiseNsxConnectedRoutes = types.Contains("TIER1_CONNECTED"),
        AdvertiseStaticRoutes = types.Contains("TIER1_STATIC_ROUTES"),
        AdvertiseNatRoutes = types.Contains("TIER1_NAT"),
        AdvertiseLbVip = types.Contains("TIER1_LB_VIP"),
        AdvertiseLbSnatIp = types.Contains("TIER1_LB_SNAT"),
        AdvertiseDnsForwarder = types.Contains("TIER1_DNS_FORWARDER_IP"),
        AdvertiseIpsecLocalIp = types.Contains("TIER1_IPSEC_LOCAL_ENDPOINT"),
    };

    public static IEnumerable<ManagedResource> StaticRoutes(IntentReader reader, StaticRoutes routes)
    {
        if (reader.Gateway(GatewayPaths.GatewayOf(routes.ParentPath)) is not { } gateway || !IpPrefix.TryParse(routes.Network, out var network))
        {
            yield break;
        }

        yield return new StaticRoute
        {
            Id = RealizedId.Of(routes),
            LogicalRouterId = RealizedId.Of(gateway),
            Network = $"{network.Network}/{network.Length}",
            NextHops = [.. routes.NextHops.Select(hop => new StaticRouteNextHop
            {
                AdministrativeDistance = hop.AdminDistance,
                IpAddress = hop.IpAddress,
                BlackholeAction = hop.IpAddress is null ? "DISCARD" : null,
            })],
        };
    }
}
