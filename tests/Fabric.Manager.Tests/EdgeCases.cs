namespace Fabric.Manager.Tests;

/// <summary>Edges and their clusters as the catalog tests use them.</summary>
internal static class EdgeCases
{
    public static IEnumerable<CatalogCase> All =>
    [
        new("/edge-clusters", _ => CatalogCase.Done("""{"display_name":"ec","allocation_rules":[{"action":{"action_type":"AllocationBasedOnFailureDomain","enabled":true}}]}"""),
            ("members", "edge"), Reference: ("members", id => CatalogCase.Array($$"""[{"transport_node_id":"{{id}}"}]"""))),
        new("/cluster-profiles", _ => CatalogCase.Done("""{"resource_type":"EdgeHighAvailabilityProfile","bfd_probe_interval":700}"""), ("bfd_allowed_hops", "3"), ("bfd_probe_interval", 1)),
        new("/failure-domains", _ => CatalogCase.Done("""{"display_name":"rack 1","preferred_active_edge_services":true}"""), ("preferred_active_edge_services", "yes")),
    ];

    public static Task<string> ClusterAsync(RunningManager manager) => manager.CreateIdAsync("/edge-clusters", CatalogCase.Json("{}"));
}
