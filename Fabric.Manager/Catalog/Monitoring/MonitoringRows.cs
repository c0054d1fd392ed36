namespace Fabric.Manager.Catalog.Monitoring;

/// <summary>The rows of what watches packets.</summary>
internal static class MonitoringRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<PortMirroringSession>("/mirror-sessions"),
        ResourceType.Of<IpfixCollectorUpmProfile>("/ipfix-collector-profiles"),
        ResourceType.Of<IpfixUpmProfile>("/ipfix-profiles", filters: [("profile_types", profile => profile.ResourceType)]),
        ResourceType.Of<IpfixCollectorConfig>("/ipfix/collectorconfigs"),
    ];
}
