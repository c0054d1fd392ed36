using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

/// <summary>One resource type as the catalog tests use it.</summary>
/// <param name="Path">The collection.</param>
/// <param name="Body">What to create; may need others first.</param>
/// <param name="WrongType">A field and a value of the wrong type.</param>
/// <param name="WrongValue">A field and a value out of its range.</param>
/// <param name="Reference">A field that names another resource.</param>
internal sealed record CatalogCase(
    string Path,
    Func<RunningManager, Task<JsonObject>> Body,
    (string Field, JsonNode Value) WrongType,
    (string Field, JsonNode Value)? WrongValue = null,
    (string Field, Func<string, JsonNode> Value)? Reference = null)
{
    /// <summary>Makes what <c>{parent}</c> of the path stands for.</summary>
    public Func<RunningManager, Task<string>>? Parent { get; init; }

    /// <summary>Of a successful POST.</summary>
    public int CreatedStatus { get; init; } = 201;

    public async Task<string> PathAsync(RunningManager manager)
        => Parent is null ? Path : Path.Replace("{parent}", await Parent(manager), StringComparison.Ordinal);

    public async Task<JsonObject> CreateAsync(RunningManager manager, string path, JsonObject body)
    {
        var answer = await manager.PostAsync(path, body);
        Assert.That(answer.Code, Is.EqualTo(CreatedStatus), $"POST {path}: {answer.Body}");
        return answer.Object;
    }

    public override string ToString() => Path.Trim('/');

    public static IEnumerable<CatalogCase> All => [.. Core, .. RoutingCases.All, .. AddressCases.All, .. EdgeCases.All, .. HostCases.All, .. LoadBalancingCases.All];

    public static Task<JsonObject> Done(string body) => Done(Json(body));

    private static IEnumerable<CatalogCase> Core =>
    [
        new("/transport-zones", _ => Done(Json("""{"transport_type":"OVERLAY","display_name":"z"}""")), ("nested_nsx", "yes"), ("transport_type", "AIR")),
        new("/host-switch-profiles", _ => Done(Json("""
            {"resource_type":"UplinkHostSwitchProfile","mtu":1700,"teaming":{"policy":"FAILOVER_ORDER","active_list":[{"uplink_name":"u1","uplink_type":"PNIC"}]}}
            """)), ("transport_vlan", "5"), ("mtu", 100)),
        new("/transport-nodes", async manager => Json($$"""
            {"display_name":"n","node_deployment_info":{"resource_type":"HostNode","os_type":"UBUNTUSERVER","ip_addresses":["192.0.2.1"]},
             "host_switch_spec":{"resource_type":"StandardHostSwitchSpec","host_switches":[{"host_switch_name":"s",
               "transport_zone_endpoints":[{"transport_zone_id":"{{await manager.OverlayZoneAsync()}}"}],
               "ip_assignment_spec":{"resource_type":"StaticIpListSpec","ip_list":["10.9.0.7"],"subnet_mask":"255.255.255.0","default_gateway":"10.9.0.1"} }]} }
            """), ("host_switch_spec", "none"), Reference: ("host_switch_spec", id => Json($$"""
            {"resource_type":"StandardHostSwitchSpec","host_switches":[{"transport_zone_endpoints":[{"transport_zone_id":"{{id}}" } ] } ] }
            """))),
        new("/pools/ip-pools", _ => Done(Json("""
            {"display_name":"p","subnets":[{"cidr":"10.1.0.0/24","gateway_ip":"10.1.0.1","allocation_ranges":[{"start":"10.1.0.10","end":"10.1.0.20"}]}]}
            """)), ("subnets", true), ("ip_release_delay", -1)),
        new("/pools/vni-pools", _ => Done(Json("""{"ranges":[{"start":80000,"end":80010}]}""")), ("ranges", 5), ("ranges", Array("""[{"start":1,"end":2}]"""))),
        new("/logical-switches", async manager => Json($$"""
            {"transport_zone_id":"{{await manager.OverlayZoneAsync()}}","admin_state":"UP","replication_mode":"MTEP","display_name":"ls"}
            """), ("vlan", "5"), ("admin_state", "SIDEWAYS"), ("transport_zone_id", id => id)),
        new("/logical-ports", async manager => Json($$"""
            {"logical_switch_id":"{{await SwitchAsync(manager)}}","admin_state":"UP"}
            """), ("address_bindings", "10.0.0.1"), ("address_bindings", Array("""[{"ip_address":"10.0.0.300"}]""")), ("logical_switch_id", id => id)),
        new("/switching-profiles", _ => Done(Json("""{"resource_type":"IpDiscoverySwitchingProfile","arp_bindings_limit":2}""")), ("arp_bindings_limit", "two"), ("arp_bindings_limit", 257)),
        new("/logical-routers", _ => Done(Json("""{"router_type":"TIER1","display_name":"r"}""")), ("edge_cluster_member_indices", "0"), ("router_type", "TIER9"), ("edge_cluster_id", id => id)),
        new("/logical-router-ports", async manager => Json($$"""
            {"resource_type":"LogicalRouterDownLinkPort","logical_router_id":"{{await manager.CreateIdAsync("/logical-routers", Json("""{"router_type":"TIER1"}"""))}}",
             "subnets":[{"ip_addresses":["10.2.0.1"],"prefix_length":24}]}
            """), ("subnets", "10.2.0.1/24"), ("urpf_mode", "LOOSE"), ("logical_router_id", id => id)),
        new("/ns-groups", _ => Done(Json("""{"display_name":"g","membership_criteria":[{"resource_type":"NSGroupTagExpression","target_type":"LogicalPort","scope":"s","tag":"t"}]}""")),
            ("members", 1), ("membership_criteria", Array("""[{"resource_type":"NSGroupTagExpression","target_type":"Cloud","tag":"t"}]""")),
            ("members", id => Array($$"""[{"resource_type":"NSGroupSimpleExpression","op":"EQUALS","target_type":"IPSet","target_property":"id","value":"{{id}}"}]"""))),
        new("/ip-sets", _ => Done(Json("""{"ip_addresses":["10.0.0.0/8","192.0.2.1-192.0.2.9","2001:db8::1"]}""")), ("ip_addresses", "10.0.0.1"), ("ip_addresses", Array("""["10.0.0.9-10.0.0.1"]"""))),
        new("/mac-sets", _ => Done(Json("""{"mac_addresses":["02:00:00:00:00:01"]}""")), ("mac_addresses", 1), ("mac_addresses", Array("""["02:00"]"""))),
        new("/ns-services", _ => Done(Json("""{"nsservice_element":{"resource_type":"L4PortSetNSService","l4_protocol":"TCP","destination_ports":["80","8000-8010"]}}""")),
            ("nsservice_element", "tcp/80"), ("nsservice_element", Json("""{"resource_type":"L4PortSetNSService","l4_protocol":"TCP","destination_ports":["99999"]}"""))),
        new("/ns-service-groups", async manager => Json($$"""{"members":[{"target_type":"NSService","target_id":"{{(await manager.GetAsync("/ns-services")).Results[0]!["id"]}}"}]}"""),
            ("members", "HTTP"), Reference: ("members", id => Array($$"""[{"target_type":"NSService","target_id":"{{id}}"}]"""))),
        new("/firewall/sections", _ => Done(Json("""{"section_type":"LAYER3","stateful":true,"display_name":"s"}""")), ("stateful", "true"), ("section_type", "LAYER9"),
            ("applied_tos", id => Array($$"""[{"target_type":"NSGroup","target_id":"{{id}}"}]"""))),
    ];

    public static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    public static JsonArray Array(string text) => (JsonArray)JsonNode.Parse(text)!;

    public static async Task<string> SwitchAsync(RunningManager manager)
        => await manager.CreateIdAsync("/logical-switches", Json($$"""{"transport_zone_id":"{{await manager.OverlayZoneAsync()}}","admin_state":"UP","replication_mode":"SOURCE"}"""));

    public static Task<JsonObject> Done(JsonObject body) => Task.FromResult(body);
}
