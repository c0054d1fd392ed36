namespace Fabric.Manager.Tests;

/// <summary>What is kept for hosts, bridges, mirrors and tunnels, as the catalog tests use it.</summary>
internal static class HostCases
{
    public static IEnumerable<CatalogCase> All =>
    [
        new("/transport-node-profiles", _ => CatalogCase.Done("""{"ignore_overridden_hosts":false,"host_switch_spec":{"resource_type":"StandardHostSwitchSpec","host_switches":[]}}"""), ("host_switch_spec", "none")),
        new("/transport-node-collections", async manager => CatalogCase.Json($$"""
            {"compute_collection_id":"c","transport_node_profile_id":"{{await manager.CreateIdAsync("/transport-node-profiles", CatalogCase.Json("{}"))}}"}
            """), ("has_nvds", "no"), Reference: ("transport_node_profile_id", id => id)),
        new("/fabric/compute-managers", _ => CatalogCase.Done("""{"server":"vc.example.com","origin_type":"vCenter","credential":{"credential_type":"UsernamePasswordLoginCredential","username":"u","thumbprint":"t"}}"""),
            ("credential", "root"), ("access_level_for_oidc", "SOME")),
        new("/mirror-sessions", _ => CatalogCase.Done("""
            {"direction":"INGRESS","session_type":"L3PortMirrorSession","mirror_sources":[{"resource_type":"VlanMirrorSource","vlan_ids":[7]}],
             "mirror_destination":{"resource_type":"IPMirrorDestination","destination_ips":["192.0.2.5"],"encapsulation_type":"GRE"}}
            """), ("mirror_sources", "all"), ("direction", "UP")),
        new("/ipfix-collector-profiles", _ => CatalogCase.Done("""{"collectors":[{"collector_ip_address":"192.0.2.5"}]}"""), ("collectors", "192.0.2.5"), ("collectors", CatalogCase.Array("""[{"collector_ip_address":"x"}]"""))),
        new("/ipfix-profiles", async manager => CatalogCase.Json($$"""
            {"resource_type":"IpfixSwitchUpmProfile","observation_domain_id":5,"priority":1,"collector_profile":"{{await manager.CreateIdAsync(
                "/ipfix-collector-profiles", CatalogCase.Json("""{"collectors":[{"collector_ip_address":"192.0.2.5"}]}"""))}}"}
            """), ("idle_timeout", "60"), ("idle_timeout", 59), ("collector_profile", id => id)),
        new("/ipfix/collectorconfigs", _ => CatalogCase.Done("""{"collectors":[{"collector_ip_address":"192.0.2.5"}]}"""), ("collectors", "192.0.2.5"), ("collectors", CatalogCase.Array("""[{"collector_ip_address":"x"}]"""))),
        new("/bridge-clusters", _ => CatalogCase.Done("""{"bridge_nodes":[]}"""), ("bridge_nodes", "n"), Reference: ("bridge_nodes", id => CatalogCase.Array($$"""[{"transport_node_id":"{{id}}"}]"""))),
        new("/bridge-endpoint-profiles", async manager => CatalogCase.Json($$"""{"edge_cluster_id":"{{await EdgeCases.ClusterAsync(manager)}}","failover_mode":"NON_PREEMPTIVE"}"""),
            ("failover_mode", 1), ("failover_mode", "NEVER"), ("edge_cluster_id", id => id)),
        new("/bridge-endpoints", _ => CatalogCase.Done("""{"vlan":17,"ha_enable":false}"""), ("vlan", "17"), Reference: ("bridge_cluster_id", id => id)),
        new("/ipv6/dad-profiles", _ => CatalogCase.Done("""{"dad_mode":"STRICT","ns_retries":2}"""), ("ns_retries", "2"), ("ns_retries", 11)) { CreatedStatus = 200 },
        new("/ipv6/nd-ra-profiles", _ => CatalogCase.Done("""{"ra_mode":"DISABLED","ra_config":{"ra_interval":600}}"""), ("ra_config", "none"), ("ra_mode", "MAYBE")) { CreatedStatus = 200 },
        new("/md-proxies", async manager => CatalogCase.Json($$"""{"metadata_server_url":"http://192.0.2.6:8775","edge_cluster_id":"{{await EdgeCases.ClusterAsync(manager)}}"}"""),
            ("enable_standby_relocation", "no"), ("crypto_protocols", CatalogCase.Array("""["SSL"]""")), ("edge_cluster_id", id => id)),
        new("/vpn/ipsec/dpd-profiles", _ => CatalogCase.Done("""{"enabled":true}"""), ("enabled", "yes")),
        new("/vpn/ipsec/ike-profiles", _ => CatalogCase.Done("""{"ike_version":"IKE_V2"}"""), ("ike_version", 2), ("ike_version", "IKE_V9")),
        new("/vpn/ipsec/tunnel-profiles", _ => CatalogCase.Done("""{"enable_perfect_forward_secrecy":false}"""), ("enable_perfect_forward_secrecy", "no")),
        new("/vpn/ipsec/services", async manager => CatalogCase.Json($$"""{"logical_router_id":"{{await RoutingCases.Tier0Async(manager)}}"}"""), ("enabled", "yes"), ("ike_log_level", "LOUD"), ("logical_router_id", id => id)),
        new("/vpn/ipsec/peer-endpoints", _ => CatalogCase.Done("""{"peer_address":"192.0.2.7","peer_id":"peer"}"""), ("peer_id", 1), ("authentication_mode", "TRUST"), ("dpd_profile_id", id => id)),
    ];
}
