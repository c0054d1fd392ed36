namespace Fabric.Manager.Tests;

/// <summary>What is set on logical routers, as the catalog tests use it.</summary>
internal static class RoutingCases
{
    public static IEnumerable<CatalogCase> All =>
    [
        new("/logical-routers/{parent}/routing/static-routes", _ => CatalogCase.Done("""{"network":"10.60.0.0/16","next_hops":[{"ip_address":"192.0.2.1","administrative_distance":3}]}"""),
            ("next_hops", "192.0.2.1"), ("network", "10.60.0.0/40")) { Parent = Tier1Async, CreatedStatus = 200 },
        new("/logical-routers/{parent}/routing/static-routes/bfd-peers", _ => CatalogCase.Done("""{"peer_ip_address":"192.0.2.9","bfd_config":{"declare_dead_multiple":4}}"""),
            ("enabled", "yes"), ("bfd_config", CatalogCase.Json("""{"receive_interval":1}"""))) { Parent = Tier0Async },
        new("/logical-routers/{parent}/nat/rules", _ => CatalogCase.Done("""
            {"action":"DNAT","match_destination_network":"192.0.2.7","translated_network":"10.0.0.7","translated_ports":"8080","rule_priority":5,
             "match_service":{"resource_type":"L4PortSetNSService","l4_protocol":"TCP","destination_ports":["80"]}}
            """), ("rule_priority", "5"), ("action", "TWIST")) { Parent = Tier1Async },
        new("/logical-routers/{parent}/routing/bgp/neighbors", _ => CatalogCase.Done("""{"neighbor_address":"192.0.2.20","remote_as_num":"65001","hold_down_timer":30,"keep_alive_timer":10}"""),
            ("keep_alive_timer", "10"), ("maximum_hop_limit", 0), ("filter_in_routemap_id", id => id)) { Parent = Tier0Async, CreatedStatus = 200 },
        new("/logical-routers/{parent}/routing/bgp/community-lists", _ => CatalogCase.Done("""{"communities":["65001:1"]}"""), ("communities", "65001:1")) { Parent = Tier0Async, CreatedStatus = 200 },
        new("/logical-routers/{parent}/routing/ip-prefix-lists", _ => CatalogCase.Done("""{"prefixes":[{"action":"PERMIT","network":"10.0.0.0/8","ge":16,"le":24}]}"""),
            ("prefixes", "10.0.0.0/8"), ("prefixes", CatalogCase.Array("""[{"action":"PERMIT","ge":200}]"""))) { Parent = Tier0Async, CreatedStatus = 200 },
        new("/logical-routers/{parent}/routing/route-maps", _ => CatalogCase.Done("""
            {"sequences":[{"action":"PERMIT","match_criteria":{"match_community_expression":{"expression":[{"match_operator":"MATCH_ANY"}]}},"set_criteria":{"local_preference":200}}]}
            """), ("sequences", "all"), ("sequences", CatalogCase.Array("""[{"action":"MAYBE","match_criteria":{}}]""")),
            ("sequences", id => CatalogCase.Array($$"""[{"action":"PERMIT","match_criteria":{"ip_prefix_lists":["{{id}}"] } }]"""))) { Parent = Tier0Async, CreatedStatus = 200 },
    ];

    public static Task<string> Tier0Async(RunningManager manager) => manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER0"}"""));

    public static Task<string> Tier1Async(RunningManager manager) => manager.CreateIdAsync("/logical-routers", CatalogCase.Json("""{"router_type":"TIER1"}"""));
}
