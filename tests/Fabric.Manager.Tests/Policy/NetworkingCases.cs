namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of networking.</summary>
internal static class NetworkingCases
{
    private static readonly (string Path, string Body) Segment = ("/infra/segments/web", """{"subnets":[{"gateway_address":"10.1.0.1/24"}]}""");
    private static readonly (string Path, string Body) Port = ("/infra/segments/web/ports/p1", "{}");
    private static readonly (string Path, string Body) Tier0 = ("/infra/tier-0s/t0", """{"ha_mode":"ACTIVE_STANDBY"}""");
    private static readonly (string Path, string Body) Tier1 = ("/infra/tier-1s/t1", "{}");
    private static readonly (string Path, string Body) Locale0 = ("/infra/tier-0s/t0/locale-services/default", "{}");
    private static readonly (string Path, string Body) Locale1 = ("/infra/tier-1s/t1/locale-services/default", "{}");
    private static readonly (string Path, string Body) Zone = ("/infra/dns-forwarder-zones/all", """{"upstream_servers":["10.0.0.53"]}""");

    public static IEnumerable<PolicyCase> All => [.. Segments, .. Profiles, .. Tier0s, .. Tier1s];

    private static IEnumerable<PolicyCase> Segments =>
    [
        new("/infra/segments/s1", """{"subnets":[{"gateway_address":"10.0.0.1/24","dhcp_ranges":["10.0.0.10-10.0.0.20"]}],"domain_name":"example.com","overlay_id":70001}""", Change: """{"admin_state":"DOWN"}"""),
        new("/infra/tier-1s/t1/segments/s1", """{"subnets":[{"gateway_address":"10.0.0.1/24"}]}""", [Tier1]),
        new("/infra/segments/web/ports/p1", """{"admin_state":"DOWN","attachment":{"id":"4f6e1f2c-0000-4000-8000-000000000001","type":"PARENT"},"address_bindings":[{"ip_address":"10.1.0.5","mac_address":"02:00:00:00:00:01"}]}""", [Segment]),
        new("/infra/segments/web/ports/p1/port-security-profile-binding-maps/m", """{"segment_security_profile_path":"/infra/segment-security-profiles/default-segment-security-profile"}""", [Segment, Port]),
        new("/infra/segments/web/ports/p1/port-discovery-profile-binding-maps/m", """{"ip_discovery_profile_path":"/infra/ip-discovery-profiles/default-ip-discovery-profile"}""", [Segment, Port]),
        new("/infra/segments/web/ports/p1/port-qos-profile-binding-maps/m", """{"qos_profile_path":"/infra/qos-profiles/default-qos-profile"}""", [Segment, Port]),
        new("/infra/segments/web/ports/p1/port-monitoring-profile-binding-maps/m", "{}", [Segment, Port]),
        new("/infra/segments/web/segment-security-profile-binding-maps/m", """{"spoofguard_profile_path":"/infra/spoofguard-profiles/default-spoofguard-profile"}""", [Segment]),
        new("/infra/segments/web/segment-discovery-profile-binding-maps/m", """{"mac_discovery_profile_path":"/infra/mac-discovery-profiles/default-mac-discovery-profile"}""", [Segment]),
        new("/infra/segments/web/segment-qos-profile-binding-maps/m", """{"qos_profile_path":"/infra/qos-profiles/default-qos-profile"}""", [Segment]),
        new("/infra/segments/web/segment-monitoring-profile-binding-maps/m", "{}", [Segment]),
        new("/infra/segments/web/dhcp-static-binding-configs/b4", """{"resource_type":"DhcpV4StaticBindingConfig","mac_address":"02:00:00:00:00:04","ip_address":"10.1.0.40"}""", [Segment]),
    ];

    private static IEnumerable<PolicyCase> Profiles =>
    [
        new("/infra/segment-security-profiles/x", """{"ra_guard_enabled":true,"rate_limits":{"rx_broadcast":10}}"""),
        new("/infra/spoofguard-profiles/x", """{"address_binding_allowlist":true}"""),
        new("/infra/ip-discovery-profiles/x", """{"arp_nd_binding_timeout":20,"tofu_enabled":false}"""),
        new("/infra/mac-discovery-profiles/x", """{"mac_learning_enabled":true,"mac_limit":12}"""),
        new("/infra/qos-profiles/x", """{"class_of_service":3,"shaper_configurations":[{"resource_type":"IngressRateLimiter","enabled":true,"average_bandwidth":10}]}"""),
        new("/infra/gateway-qos-profiles/x", """{"committed_bandwidth":100,"burst_size":1000}"""),
        new("/infra/port-mirroring-profiles/x", """{"destination_group":"/infra/domains/default/groups/collectors","direction":"INGRESS"}"""),
        new("/infra/ipv6-ndra-profiles/x", """{"ra_mode":"DISABLED","ra_config":{"hop_limit":32}}"""),
        new("/infra/ipv6-dad-profiles/x", """{"dad_mode":"STRICT"}"""),
        new("/infra/bfd-profiles/x", """{"interval":300,"multiple":4}"""),
        new("/infra/dhcp-server-configs/x", """{"server_addresses":["10.9.0.1/24"],"lease_time":3600}"""),
        new("/infra/dhcp-relay-configs/x", """{"server_addresses":["10.9.0.9"]}"""),
        new("/infra/dns-forwarder-zones/x", """{"upstream_servers":["10.9.0.53"],"dns_domain_names":["example.com"]}"""),
        new("/infra/metadata-proxies/x", """{"server_address":"http://10.9.0.80:8775","secret":"s"}"""),
    ];

    private static IEnumerable<PolicyCase> Tier0s =>
    [
        new("/infra/tier-0s/x", """{"ha_mode":"ACTIVE_STANDBY","failover_mode":"PREEMPTIVE"}""", Change: """{"default_rule_logging":true}"""),
        new("/infra/tier-0s/t0/locale-services/l1", """{"route_redistribution_config":{"bgp_enabled":true,"redistribution_rules":[{"name":"r","route_redistribution_types":["TIER1_CONNECTED"]}]}}""", [Tier0]),
        new("/infra/tier-0s/t0/locale-services/default/interfaces/up", """{"type":"EXTERNAL","segment_path":"/infra/segments/web","subnets":[{"ip_addresses":["10.2.0.2"],"prefix_len":24}],"mtu":1500}""", [Segment, Tier0, Locale0]),
        new("/infra/tier-0s/t0/locale-services/default/bgp", """{"local_as_num":"65010"}""", [Tier0, Locale0]),
        new("/infra/tier-0s/t0/locale-services/default/bgp/neighbors/n", """{"neighbor_address":"10.2.0.1","remote_as_num":"65020","keep_alive_time":20,"hold_down_time":60}""", [Tier0, Locale0]),
        new("/infra/tier-0s/t0/locale-services/default/ospf", """{"enabled":true}""", [Tier0, Locale0]),
        new("/infra/tier-0s/t0/locale-services/default/ospf/areas/a", """{"area_id":"0.0.0.1","area_type":"NORMAL"}""", [Tier0, Locale0]),
        new("/infra/tier-0s/t0/static-routes/r", """{"network":"0.0.0.0/0","next_hops":[{"ip_address":"10.2.0.1"}]}""", [Tier0]),
        new("/infra/tier-0s/t0/static-routes/bfd-peers/b", """{"peer_address":"10.2.0.1"}""", [Tier0]),
        new("/infra/tier-0s/t0/prefix-lists/x", """{"prefixes":[{"network":"10.0.0.0/8","action":"PERMIT","ge":16,"le":24}]}""", [Tier0]),
        new("/infra/tier-0s/t0/community-lists/x", """{"communities":["65000:1","NO_EXPORT"]}""", [Tier0]),
        new("/infra/tier-0s/t0/route-maps/x", """{"entries":[{"action":"PERMIT","community_list_matches":[{"criteria":"65000:*","match_operator":"MATCH_COMMUNITY_REGEX"}],"set":{"med":10}}]}""", [Tier0]),
        new("/infra/tier-0s/t0/nat/USER", Needs: [Tier0]),
        new("/infra/tier-0s/t0/nat/USER/nat-rules/r", """{"action":"SNAT","source_network":"10.0.0.0/24","translated_network":"192.0.2.1","sequence_number":10}""", [Tier0]),
        new("/infra/tier-0s/t0/dns-forwarder", """{"listener_ip":"10.2.0.53","default_forwarder_zone_path":"/infra/dns-forwarder-zones/all"}""", [Zone, Tier0]),
    ];

    private static IEnumerable<PolicyCase> Tier1s =>
    [
        new("/infra/tier-1s/x", """{"failover_mode":"PREEMPTIVE","enable_standby_relocation":true}""", Change: """{"pool_allocation":"LB_SMALL"}"""),
        new("/infra/tier-1s/t1/locale-services/l1", "{}", [Tier1]),
        new("/infra/tier-1s/t1/locale-services/default/interfaces/svc", """{"segment_path":"/infra/segments/web","subnets":[{"ip_addresses":["10.3.0.2"],"prefix_len":24}]}""", [Segment, Tier1, Locale1]),
    ];
}
