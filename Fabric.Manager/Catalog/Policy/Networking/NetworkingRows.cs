namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The rows of networking below an infra.</summary>
internal static class NetworkingRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        SegmentRows.Segments,
        GatewayRows.Tier0s,
        GatewayRows.Tier1s,
        PolicyType.Of<SegmentSecurityProfile>("segment-security-profiles"),
        PolicyType.Of<SpoofGuardProfile>("spoofguard-profiles", SegmentProfileChecks.Complete),
        PolicyType.Of<IPDiscoveryProfile>("ip-discovery-profiles"),
        PolicyType.Of<MacDiscoveryProfile>("mac-discovery-profiles"),
        PolicyType.Of<QosProfile>("qos-profiles"),
        PolicyType.Of<GatewayQosProfile>("gateway-qos-profiles", SegmentProfileChecks.Complete),
        PolicyType.Of<PortMirroringProfile>("port-mirroring-profiles"),
        PolicyType.Of<Ipv6NdraProfile>("ipv6-ndra-profiles"),
        PolicyType.Of<Ipv6DadProfile>("ipv6-dad-profiles"),
        PolicyType.Of<BfdProfile>("bfd-profiles"),
        PolicyType.Of<DhcpServerConfig>("dhcp-server-configs"),
        PolicyType.Of<DhcpRelayConfig>("dhcp-relay-configs"),
        PolicyType.Of<PolicyDnsForwarderZone>("dns-forwarder-zones"),
        PolicyType.Of<MetadataProxyConfig>("metadata-proxies", SegmentProfileChecks.Complete),
    ];
}
