using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;
using FabricSettings = Fabric.Manager.Catalog.FabricSettings;

namespace Fabric.Manager.Publishing;

/// <summary>Zones, nodes and routers as controllers hear of them.</summary>
internal static class TopologyTranslation
{
    public static TransportZoneConfig Translate(TransportZone zone) => new()
    {
        DisplayName = zone.DisplayName ?? zone.Id,
        Overlay = zone.TransportType == "OVERLAY",
        NestedNsx = zone.NestedNsx,
    };

    public static TransportNodeConfig Translate(TransportNode node, FabricModel model)
    {
        var switches = (node.HostSwitchSpec as StandardHostSwitchSpec)?.HostSwitches ?? [];
        var profile = switches.SelectMany(item => item.HostSwitchProfileIds ?? [])
            .Select(entry => model.Find<UplinkHostSwitchProfile>(entry.Value))
            .FirstOrDefault(found => found is not null);
        var settings = model.Find<FabricSettings>(FabricSettings.TheId) ?? new FabricSettings();
        var external = node.Tags?.FirstOrDefault(tag => tag.Scope == TransportNodeChecks.ExternalTepScope);
        string encapsulation = external is { Value.Length: > 0 } ? external.Value : profile?.OverlayEncap ?? "GENEVE";
        var result = new TransportNodeConfig
        {
            DisplayName = node.DisplayName ?? node.Id,
            Encapsulation = encapsulation.Equals("VXLAN", StringComparison.OrdinalIgnoreCase) ? Encapsulation.Vxlan : Encapsulation.Geneve,
            Mtu = (uint)(profile?.Mtu ?? settings.PhysicalUplinkMtu),
            TransportVlan = (uint)(profile?.TransportVlan ?? 0),
            NodeIndex = node.NodeIndex,
            Maintenance = node.MaintenanceMode != "DISABLED",
            External = external is not null,
        };
        result.TransportZoneIds.AddRange(switches.SelectMany(item => item.TransportZoneEndpoints ?? [])
            .Concat(node.TransportZoneEndpoints ?? [])
            .Select(end => end.TransportZoneId)
            .Distinct());
        result.Teps.AddRange(node.Teps.Select(tep => new TepConfig
        {
            Ip = WireAddresses.Ip(tep.Ip),
            PrefixLength = (uint)tep.PrefixLength,
            Gateway = WireAddresses.Ip(tep.Gateway),
            Label = tep.Label,
        }));
        return result;
    }

    public static Contracts.V1.LogicalRouterConfig Translate(LogicalRouter router, FabricModel model)
    {
        var result = new Contracts.V1.LogicalRouterConfig { DisplayName = router.DisplayName ?? router.Id, RouterType = router.RouterType };
        var born = model.ReferrersOf(ResourceKey.Of(router)).Select(model.Find).OrderBy(child => child?.Id, StringComparer.Ordinal).ToArray();
        foreach (var route in born.OfType<StaticRoute>())
        {
            if (IpPrefix.TryParse(route.Network, out var network))
            {
                var config = new StaticRouteConfig { Network = network.Network.Bytes(), PrefixLength = (uint)network.Length };
                config.NextHops.AddRange(route.NextHops
                    .Where(hop => hop.BlackholeAction is null && hop.IpAddress is not null)
                    .Select(hop => WireAddresses.Ip(hop.IpAddress)));
                result.StaticRoutes.Add(config);
            }
        }

        if (router.RouterType == "TIER1" && born.OfType<AdvertisementConfig>().FirstOrDefault() is { } advertisement)
        {
            result.Advertisement = new AdvertisementSettings
            {
                Connected = advertisement is { Enabled: true, AdvertiseNsxConnectedRoutes: true },
                StaticRoutes = advertisement is { Enabled: true, AdvertiseStaticRoutes: true },
            };
            foreach (var rule in born.OfType<AdvertiseRuleList>().SelectMany(list => list.Rules).Where(_ => advertisement.Enabled))
            {
                var networks = new AdvertisedNetworks { Deny = rule.Action == "DENY" };
                networks.Networks.AddRange(rule.Networks.Select(Subnet).OfType<InterfaceAddress>());
                result.Advertisement.Rules.Add(networks);
            }
        }

        return result;
    }

    public static LogicalRouterPortConfig Translate(LogicalRouterPort port)
    {
        var result = new LogicalRouterPortConfig
        {
            DisplayName = port.DisplayName ?? port.Id,
            LogicalRouterId = port.LogicalRouterId,
            PortType = port.ResourceType,
        };
        var subnets = port switch
        {
            LogicalRouterDownLinkPort downlink => downlink.Subnets,
            LogicalRouterUpLinkPort uplink => uplink.Subnets,
            LogicalRouterCentralizedServicePort service => service.Subnets,
            LogicalRouterLoopbackPort loopback => loopback.Subnets,
            LogicalRouterLinkPortOnTIER0 upper => upper.Subnets,
            LogicalRouterLinkPortOnTIER1 lower => lower.Subnets,
            _ => null,
        };
        foreach (var subnet in subnets ?? [])
        {
            result.Addresses.AddRange(subnet.IpAddresses.Select(ip
                => new InterfaceAddress { Ip = WireAddresses.Ip(ip), PrefixLength = (uint)subnet.PrefixLength }));
        }

        switch (port)
        {
            case LogicalRouterDownLinkPort downlink:
                result.LinkedLogicalPortId = downlink.LinkedLogicalSwitchPortId?.TargetId ?? "";
                result.UrpfStrict = downlink.UrpfMode == "STRICT";
                break;
            case LogicalRouterUpLinkPort uplink:
                result.LinkedLogicalPortId = uplink.LinkedLogicalSwitchPortId?.TargetId ?? "";
                result.UrpfStrict = uplink.UrpfMode == "STRICT";
                break;
            case LogicalRouterCentralizedServicePort service:
                result.LinkedLogicalPortId = service.LinkedLogicalSwitchPortId?.TargetId ?? "";
                result.UrpfStrict = service.UrpfMode == "STRICT";
                break;
            case LogicalRouterLinkPortOnTIER0 upper:
                result.LinkedRouterPortId = upper.LinkedLogicalRouterPortId ?? "";
                break;
            case LogicalRouterLinkPortOnTIER1 lower:
                result.LinkedRouterPortId = lower.LinkedLogicalRouterPortId?.TargetId ?? "";
                break;
            default:
                break;
        }

        return result;
    }

    public static FabricSettingsConfig Translate(FabricSettings settings) => new()
    {
        VdrMac = WireAddresses.Mac(settings.VdrMac),
        VdrMacNested = WireAddresses.Mac(settings.VdrMacNested),
        FirewallEnabled = settings.FirewallEnabled,
        ReplicateGlobally = settings.ReplicateGlobally,
        EmulatePmtud = settings.EmulatePmtud,
    };

    private static InterfaceAddress? Subnet(string text)
        => IpPrefix.TryParse(text, out var prefix)
            ? new InterfaceAddress { Ip = prefix.Network.Bytes(), PrefixLength = (uint)prefix.Length }
            : null;
}
