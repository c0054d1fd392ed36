using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Storage;
using FabricSettings = Fabric.Manager.Catalog.FabricSettings;

namespace Fabric.Manager.Publishing;

/// <summary>
/// Turns resources into what controllers hear. New kind: a line in <see cref="Describe"/>, one in <see cref="KindOf"/>, and one in
/// <see cref="Affected"/> if another resource's object is made from it.
/// </summary>
internal static class FeedTranslation
{
    /// <summary>The kind under which a resource is published; unspecified when it is not.</summary>
    public static ConfigKind KindOf(string resourceKind) => resourceKind switch
    {
        nameof(TransportZone) => ConfigKind.TransportZone,
        nameof(TransportNode) => ConfigKind.TransportNode,
        nameof(LogicalSwitch) => ConfigKind.LogicalSwitch,
        nameof(LogicalPort) => ConfigKind.LogicalPort,
        nameof(BaseSwitchingProfile) => ConfigKind.SwitchingProfile,
        nameof(LogicalRouter) => ConfigKind.LogicalRouter,
        nameof(LogicalRouterPort) => ConfigKind.LogicalRouterPort,
        nameof(NSGroup) => ConfigKind.Group,
        nameof(IPSet) => ConfigKind.IpSet,
        nameof(MACSet) => ConfigKind.MacSet,
        nameof(NSService) or nameof(NSServiceGroup) => ConfigKind.Service,
        nameof(FirewallSection) => ConfigKind.FirewallSection,
        nameof(ExcludeList) or nameof(PolicyExcludeList) => ConfigKind.ExcludeList,
        nameof(FabricSettings) => ConfigKind.FabricSettings,
        _ => ConfigKind.Unspecified,
    };

    /// <summary>The object to publish for a resource; null when there is none.</summary>
    public static ConfigObject? Describe(ManagedResource resource, FabricModel model)
    {
        var item = new ConfigObject { Id = resource.Id, Revision = resource.Revision };
        switch (resource)
        {
            case TransportZone zone:
                item.TransportZone = TopologyTranslation.Translate(zone);
                break;
            case TransportNode node:
                item.TransportNode = TopologyTranslation.Translate(node, model);
                break;
            case LogicalSwitch logicalSwitch:
                item.LogicalSwitch = SwitchingTranslation.Translate(logicalSwitch);
                break;
            case LogicalPort port:
                item.LogicalPort = SwitchingTranslation.Translate(port);
                break;
            case BaseSwitchingProfile profile when SwitchingTranslation.Translate(profile) is { } config:
                item.SwitchingProfile = config;
                break;
            case LogicalRouter router:
                item.LogicalRouter = TopologyTranslation.Translate(router, model);
                break;
            case LogicalRouterPort routerPort:
                item.LogicalRouterPort = TopologyTranslation.Translate(routerPort);
                break;
            case NSGroup group:
                item.Group = GroupTranslation.Translate(group, model);
                break;
            case IPSet ipSet:
                item.IpSet = FirewallTranslation.Translate(ipSet);
                break;
            case MACSet macSet:
                item.MacSet = FirewallTranslation.Translate(macSet);
                break;
            case NSService service:
                item.Service = FirewallTranslation.Translate(service);
                break;
            case NSServiceGroup serviceGroup:
                item.Service = FirewallTranslation.Translate(serviceGroup);
                break;
            case FirewallSection section when FirewallTranslation.Translate(section) is { } config:
                item.FirewallSection = config;
                break;
            case ExcludeList list:
                item.ExcludeList = FirewallTranslation.Translate(list);
                break;
            case PolicyExcludeList list:
                item.Id = list.Path;
                item.ExcludeList = GroupTranslation.Translate(list, model);
                break;
            case FabricSettings settings:
                item.FabricSettings = TopologyTranslation.Translate(settings);
                break;
            default:
                return null;
        }

        return item;
    }

    /// <summary>The resources whose objects change when this one does: itself, and those made from it.</summary>
    public static IEnumerable<ResourceKey> Affected(ResourceKey changed, ManagedResource? before, ManagedResource? after, FabricModel model)
    {
        if (KindOf(changed.Kind) != ConfigKind.Unspecified)
        {
            yield return changed;
        }

        switch (after ?? before)
        {
            case BaseHostSwitchProfile:
                foreach (var node in model.ReferrersOf(changed).Where(key => key.Kind == nameof(TransportNode)))
                {
                    yield return node;
                }

                break;
            case VirtualMachineTags:
                foreach (var group in model.All<NSGroup>().Where(GroupTranslation.AsksForMachineTags))
                {
                    yield return ResourceKey.Of(group);
                }

                break;
            case FabricSettings:
                foreach (var node in model.All<TransportNode>())
                {
                    yield return ResourceKey.Of(node);
                }

                break;
            case StaticRoute route:
                yield return ResourceKey.Of<LogicalRouter>(route.LogicalRouterId);
                break;
            case AdvertisementConfig advertisement:
                yield return ResourceKey.Of<LogicalRouter>(advertisement.LogicalRouterId);
                break;
            case AdvertiseRuleList rules:
                yield return ResourceKey.Of<LogicalRouter>(rules.LogicalRouterId);
                break;
            default:
                break;
        }
    }
}
