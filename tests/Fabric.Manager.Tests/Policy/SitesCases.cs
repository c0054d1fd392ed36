namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of sites, enforcement points and profiles of host switches.</summary>
internal static class SitesCases
{
    private const string Connection = """{"connection_info":{"resource_type":"NSXTConnectionInfo","enforcement_point_address":"10.0.0.1","username":"admin"}}""";

    private static readonly (string Path, string Body)[] Point = [("/infra/sites/s1", "{}"), ("/infra/sites/s1/enforcement-points/e1", Connection)];

    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/sites/s1"),
        new("/infra/sites/s1/enforcement-points/e1", Connection, [("/infra/sites/s1", "{}")]),
        new("/infra/sites/default/enforcement-points/default/transport-zones/z", """{"tz_type":"VLAN_BACKED"}"""),
        new("/infra/sites/default/enforcement-points/default/edge-clusters/x"),
        new("/infra/sites/default/enforcement-points/default/edge-clusters/x/edge-nodes/n"),
        new("/infra/sites/default/enforcement-points/default/host-transport-nodes/h", """{"node_deployment_info":{"os_type":"UBUNTUSERVER","ip_addresses":["10.0.0.7"]}}"""),
        new("/infra/sites/s1/enforcement-points/e1/transport-node-collections/c", """{"compute_collection_id":"c1"}""", Point),
        new("/infra/sites/s1/enforcement-points/e1/sub-clusters/c", """{"compute_collection_id":"c1"}""", Point),
        new("/infra/sites/s1/enforcement-points/e1/cluster-control-planes/c", """{"node_id":"n1"}""", Point),
        new("/infra/sites/s1/enforcement-points/e1/edge-bridge-profiles/b", """{"failover_mode":"PREEMPTIVE"}""", Point),
        new("/infra/host-switch-profiles/u", """{"resource_type":"PolicyUplinkHostSwitchProfile","mtu":1700,"teaming":{"policy":"FAILOVER_ORDER","active_list":[{"uplink_name":"u1","uplink_type":"PNIC"}]}}"""),
        new("/infra/host-transport-node-profiles/p", """{"ignore_overridden_hosts":true}"""),
    ];
}
