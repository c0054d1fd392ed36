namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The rows of segments, with their ports and the profiles bound to both. A segment stands below infra, or below the tier-1 that it belongs to.</summary>
internal static class SegmentRows
{
    /// <summary>Also below VPC subnets.</summary>
    public static readonly PolicyType DhcpBindings = PolicyType.Of<DhcpStaticBindingConfig>("dhcp-static-binding-configs", DhcpBindingChecks.Complete);

    private static readonly PolicyType Ports = PolicyType.Of<SegmentPort>(
        "ports",
        SegmentPortChecks.Complete,
        canForce: true,
        children:
        [
            PolicyType.Of<PortSecurityProfileBindingMap>("port-security-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<PortDiscoveryProfileBindingMap>("port-discovery-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<PortQosProfileBindingMap>("port-qos-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<PortMonitoringProfileBindingMap>("port-monitoring-profile-binding-maps", goesWithParent: true),
        ]);

    public static readonly PolicyType Segments = PolicyType.Of<Segment>(
        "segments",
        SegmentChecks.Complete,
        SegmentChecks.Release,
        canForce: true,
        children:
        [
            Ports,
            PolicyType.Of<SegmentSecurityProfileBindingMap>("segment-security-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<SegmentDiscoveryProfileBindingMap>("segment-discovery-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<SegmentQosProfileBindingMap>("segment-qos-profile-binding-maps", goesWithParent: true),
            PolicyType.Of<SegmentMonitoringProfileBindingMap>("segment-monitoring-profile-binding-maps", goesWithParent: true),
            DhcpBindings,
        ]);
}
