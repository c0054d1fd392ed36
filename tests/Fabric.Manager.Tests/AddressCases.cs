namespace Fabric.Manager.Tests;

/// <summary>What hands out addresses, as the catalog tests use it.</summary>
internal static class AddressCases
{
    public static IEnumerable<CatalogCase> All =>
    [
        new("/pools/ip-blocks", _ => CatalogCase.Done("""{"cidr":"10.70.0.0/16","display_name":"b"}"""), ("cidr", 10), ("cidr", "10.70.0.0/99")),
        new("/pools/ip-subnets", async manager => CatalogCase.Json($$"""{"block_id":"{{await BlockAsync(manager)}}","size":16}"""), ("size", "16"), ("size", 0), ("block_id", id => id)),
        new("/pools/mac-pools", _ => CatalogCase.Done("""{"ranges":[{"start":"02:00:00:00:00:01","end":"02:00:00:00:00:ff"}]}"""), ("ranges", 1), ("ranges", CatalogCase.Array("""[{"start":"x","end":"y"}]"""))),
        new("/dhcp/relay-profiles", _ => CatalogCase.Done("""{"server_addresses":["192.0.2.53"]}"""), ("server_addresses", "192.0.2.53"), ("server_addresses", CatalogCase.Array("""["nowhere"]"""))),
        new("/dhcp/relays", async manager => CatalogCase.Json($$"""
            {"dhcp_relay_profile_id":"{{await manager.CreateIdAsync("/dhcp/relay-profiles", CatalogCase.Json("""{"server_addresses":["192.0.2.53"]}"""))}}"}
            """), ("dhcp_relay_profile_id", 7), Reference: ("dhcp_relay_profile_id", id => id)),
        new("/dhcp/server-profiles", async manager => CatalogCase.Json($$"""{"edge_cluster_id":"{{await EdgeCases.ClusterAsync(manager)}}"}"""),
            ("enable_standby_relocation", "no"), ("edge_cluster_member_indexes", CatalogCase.Array("[0,1,2]")), ("edge_cluster_id", id => id)),
        new("/dhcp/servers", async manager => CatalogCase.Json($$"""
            {"dhcp_profile_id":"{{await ProfileAsync(manager)}}","ipv4_dhcp_server":{"dhcp_server_ip":"10.80.0.2/24","gateway_ip":"10.80.0.1"} }
            """), ("ipv4_dhcp_server", "10.80.0.2"), ("ipv4_dhcp_server", CatalogCase.Json("""{"dhcp_server_ip":"10.80.0.2"}""")), ("dhcp_profile_id", id => id)),
        new("/dhcp/servers/{parent}/ip-pools", _ => CatalogCase.Done("""{"allocation_ranges":[{"start":"10.80.0.10","end":"10.80.0.20"}],"lease_time":3600}"""), ("lease_time", "1"), ("lease_time", 59)) { Parent = ServerAsync },
        new("/dhcp/servers/{parent}/static-bindings", _ => CatalogCase.Done("""{"mac_address":"02:00:00:00:00:01","ip_address":"10.80.0.30"}"""), ("lease_time", "1"), ("mac_address", "02:00")) { Parent = ServerAsync },
        new("/dhcp/servers/{parent}/ipv6-ip-pools", _ => CatalogCase.Done("""{"ranges":[{"start":"2001:db8::10","end":"2001:db8::20"}]}"""), ("ranges", "2001:db8::10"), ("ranges", CatalogCase.Array("""[{"start":"a","end":"b"}]"""))) { Parent = ServerAsync },
        new("/dhcp/servers/{parent}/ipv6-static-bindings", _ => CatalogCase.Done("""{"mac_address":"02:00:00:00:00:01","ip_addresses":["2001:db8::30"]}"""), ("lease_time", "1"), ("mac_address", "02:00")) { Parent = ServerAsync },
    ];

    public static Task<string> BlockAsync(RunningManager manager, string cidr = "10.71.0.0/24")
        => manager.CreateIdAsync("/pools/ip-blocks", CatalogCase.Json($$"""{"cidr":"{{cidr}}"}"""));

    private static async Task<string> ProfileAsync(RunningManager manager)
        => await manager.CreateIdAsync("/dhcp/server-profiles", CatalogCase.Json($$"""{"edge_cluster_id":"{{await EdgeCases.ClusterAsync(manager)}}"}"""));

    private static async Task<string> ServerAsync(RunningManager manager) => await manager.CreateIdAsync("/dhcp/servers", CatalogCase.Json($$"""
        {"dhcp_profile_id":"{{await ProfileAsync(manager)}}","ipv4_dhcp_server":{"dhcp_server_ip":"10.80.0.2/24"} }
        """));
}
