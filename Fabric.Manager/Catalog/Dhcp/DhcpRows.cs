namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>The rows of DHCP servers and relays.</summary>
internal static class DhcpRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<DhcpRelayProfile>("/dhcp/relay-profiles", DhcpChecks.Complete),
        ResourceType.Of<DhcpRelayService>("/dhcp/relays", filters: [("dhcp_relay_profile_id", relay => relay.DhcpRelayProfileId)]),
        ResourceType.Of<DhcpProfile>("/dhcp/server-profiles", DhcpChecks.Complete, filters: [("edge_cluster_id", profile => profile.EdgeClusterId)]),
        ResourceType.Of<LogicalDhcpServer>("/dhcp/servers", DhcpChecks.Complete, DhcpChecks.Release, DhcpChecks.Show, filters: [("dhcp_profile_id", server => server.DhcpProfileId)]),
        ResourceType.Of<MetadataProxy>("/md-proxies"),
        ResourceType.Of<DhcpIpPool>(
            "/dhcp/servers/{parent}/ip-pools",
            DhcpChecks.Complete,
            parent: (typeof(LogicalDhcpServer), pool => pool.ServerId, (pool, server) => pool with { ServerId = server })),
        ResourceType.Of<DhcpStaticBinding>(
            "/dhcp/servers/{parent}/static-bindings",
            DhcpChecks.Complete,
            parent: (typeof(LogicalDhcpServer), binding => binding.ServerId, (binding, server) => binding with { ServerId = server })),
        ResourceType.Of<DhcpV6IpPool>(
            "/dhcp/servers/{parent}/ipv6-ip-pools",
            parent: (typeof(LogicalDhcpServer), pool => pool.ServerId, (pool, server) => pool with { ServerId = server })),
        ResourceType.Of<DhcpV6StaticBinding>(
            "/dhcp/servers/{parent}/ipv6-static-bindings",
            parent: (typeof(LogicalDhcpServer), binding => binding.ServerId, (binding, server) => binding with { ServerId = server })),
    ];
}
