using Fabric.Manager.Catalog.Appliance;
using Fabric.Manager.Catalog.Bridging;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Catalog.Dhcp;
using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Catalog.Hosts;
using Fabric.Manager.Catalog.Ipam;
using Fabric.Manager.Catalog.LoadBalancing;
using Fabric.Manager.Catalog.Monitoring;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Catalog.Routing;
using Fabric.Manager.Catalog.Vpn;

namespace Fabric.Manager.Catalog;

/// <summary>
/// Every resource that the engine serves. A new one: a record with its rules at its fields, a row here or in its area's list, its checks if it has any, a line in
/// docs/api.md, a case in CatalogTests.
/// </summary>
internal static class ResourceCatalog
{
    public static readonly ResourceType FirewallSections = ResourceType.Of<FirewallSection>(
        "/firewall/sections",
        FirewallChecks.Complete,
        FirewallChecks.Release,
        FirewallChecks.Show,
        filters: [("type", section => section.SectionType), ("locked", section => section.Locked), ("enforced_on", section => section.EnforcedOn)],
        order: section => section.SectionType == "LAYER2" ? section.Priority - (SectionOrder.Last * 2) : section.Priority,
        systemOwnedMayChange: true);

    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<TransportZone>(
            "/transport-zones",
            ZoneChecks.Complete,
            ZoneMirror.Release,
            filters: [("transport_type", zone => zone.TransportType), ("is_default", zone => zone.IsDefault), ("display_name", zone => zone.DisplayName),
                ("uplink_teaming_policy_name", zone => zone.UplinkTeamingPolicyNames)],
            hidesSystemOwned: true),
        ResourceType.Of<BaseHostSwitchProfile>(
            "/host-switch-profiles",
            filters: [("hostswitch_profile_type", profile => profile.ResourceType)],
            hidesSystemOwned: true),
        ResourceType.Of<TransportNode>(
            "/transport-nodes",
            TransportNodeChecks.Complete,
            TransportNodeChecks.Release,
            filters: [("node_id", node => node.NodeId), ("node_ip", node => node.NodeDeploymentInfo?.IpAddresses), ("node_types", node => node.NodeDeploymentInfo?.ResourceType),
                ("transport_zone_id", node => (node.HostSwitchSpec as StandardHostSwitchSpec)?.HostSwitches
                    .SelectMany(hostSwitch => hostSwitch.TransportZoneEndpoints ?? []).Select(endpoint => endpoint.TransportZoneId))],
            canForce: true),
        ResourceType.Of<LogicalSwitch>(
            "/logical-switches",
            SwitchingChecks.Complete,
            SwitchingChecks.Release,
            filters: [("transport_zone_id", logical => logical.TransportZoneId), ("switch_type", logical => logical.SwitchType), ("vni", logical => logical.Vni),
                ("vlan", logical => logical.Vlan), ("uplink_teaming_policy_name", logical => logical.UplinkTeamingPolicyName),
                ("switching_profile_id", logical => (logical.SwitchingProfileIds ?? []).Select(entry => entry.Value))],
            tests: [("transport_type", (model, logical, wanted) => model.Find<TransportZone>(logical.TransportZoneId)?.TransportType == wanted)]),
        ResourceType.Of<LogicalPort>(
            "/logical-ports",
            SwitchingChecks.Complete,
            SwitchingChecks.Release,
            filters: [("logical_switch_id", port => port.LogicalSwitchId), ("attachment_id", port => port.Attachment?.Id),
                ("attachment_type", port => port.Attachment?.AttachmentType ?? "NONE"),
                ("parent_vif_id", port => (port.Attachment?.Context as VifAttachmentContext)?.ParentVifId),
                ("switching_profile_id", port => (port.SwitchingProfileIds ?? []).Select(entry => entry.Value))],
            tests: [("container_ports_only", (_, port, wanted) => wanted != "true" || SwitchingChecks.IsContainerPort(port)),
                ("transport_zone_id", (model, port, wanted) => model.Find<LogicalSwitch>(port.LogicalSwitchId)?.TransportZoneId == wanted)],
            indexed: ["logical_switch_id", "attachment_id", "parent_vif_id"]),
        ResourceType.Of<BaseSwitchingProfile>(
            "/switching-profiles",
            SwitchingChecks.Complete,
            SwitchingChecks.Release,
            filters: [("switching_profile_type", profile => profile.ResourceType)],
            hidesSystemOwned: true),
        ResourceType.Of<NSGroup>("/ns-groups", GroupChecks.Complete, canForce: true),
        ResourceType.Of<IPSet>("/ip-sets", canForce: true),
        ResourceType.Of<MACSet>("/mac-sets", canForce: true),
        ResourceType.Of<NSService>("/ns-services", filters: [("default_service", service => service.DefaultService)], canForce: true),
        ResourceType.Of<NSServiceGroup>("/ns-service-groups", GroupChecks.Complete, filters: [("default_service", group => group.DefaultService)], canForce: true),
        FirewallSections,
        .. RoutingRows.All,
        .. EdgeRows.All,
        .. IpamRows.All,
        .. DhcpRows.All,
        .. LoadBalancingRows.All,
        .. HostRows.All,
        .. MonitoringRows.All,
        .. BridgingRows.All,
        .. VpnRows.All,
    ];

    /// <summary>Resources of which there is one, below another or alone: read and replaced, never made or deleted.</summary>
    public static readonly IReadOnlyList<ResourceType> Singletons =
    [
        .. RoutingRows.Singletons,
        .. GlobalConfigRows.Singletons,
        ResourceType.Of<ExcludeList>("/firewall/excludelist", FirewallChecks.Complete, show: (model, list) => list with
        {
            Members = [.. list.Members.Select(member => FirewallChecks.Named(model, member))],
        }),
    ];

    private static readonly Dictionary<string, ResourceType> ByKind = All.Concat(Singletons).ToDictionary(type => type.Kind);

    /// <summary>By the name of the kind; null: not of this API.</summary>
    public static ResourceType? Find(string kind) => ByKind.GetValueOrDefault(kind);

    /// <summary>The row of a record, or of the family it belongs to.</summary>
    public static ResourceType Of(Type record) => ByKind[ResourceKey.KindOf(record)];

    public static ResourceType Of<T>() => ByKind[typeof(T).Name];
}
