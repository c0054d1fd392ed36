using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.LoadBalancing;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Endpoints.Policy.LoadBalancing;

/// <summary>
/// Status, statistics and usage of load balancers, as far as they are true here: nothing balances yet, so nothing has counters and every status
/// is that of a service no edge runs.
/// </summary>
internal static class LoadBalancingViews
{
    private const string EnforcementPoint = "/infra/sites/default/enforcement-points/default";

    /// <summary>Virtual servers, pools and members that a service of a size may have (reference: nsx-dataplane.md, scale).</summary>
    private static readonly Dictionary<string, (int Servers, int Pools, int Members)> Limits = new()
    {
        ["SMALL"] = (20, 60, 300),
        ["MEDIUM"] = (100, 300, 2000),
        ["LARGE"] = (1000, 3000, 7500),
        ["XLARGE"] = (2000, 4000, 10_000),
    };

    public static IReadOnlyList<PolicyView> All { get; } =
    [
        PolicyView.Get<LBService>("service-usage", call => OfEnforcementPoint(call, "LBServiceUsage", Usage(call))),
        PolicyView.Get<LBService>("statistics", call => OfEnforcementPoint(call, "LBServiceStatistics", new JsonObject { ["service_path"] = call.Path, ["virtual_servers"] = new JsonArray(), ["pools"] = new JsonArray() })),
        PolicyView.Get<LBService>("detailed-status", call => OfEnforcementPoint(call, "LBServiceStatus", new JsonObject
        {
            ["service_path"] = call.Path,
            ["service_status"] = call.Of<LBService>().Enabled ? "UNKNOWN" : "DISABLED",
            ["virtual_servers"] = new JsonArray([.. Servers(call).Select(server => Status(server))]),
            ["pools"] = new JsonArray(),
        })),
        PolicyView.Get<LBService>("lb-virtual-servers/{server}/detailed-status", call => Find<LBVirtualServer>(call, "server") is { } server
            ? OfEnforcementPoint(call, "LBVirtualServerStatus", Status(server)) : Answers.Error(ApiErrors.NoSuchObject(call.Values["server"]))),
        PolicyView.Get<LBService>("lb-virtual-servers/{server}/statistics", call => Find<LBVirtualServer>(call, "server") is { } server
            ? OfEnforcementPoint(call, "LBVirtualServerStatistics", new JsonObject { ["virtual_server_path"] = server.Path }) : Answers.Error(ApiErrors.NoSuchObject(call.Values["server"]))),
        PolicyView.Get<LBService>("lb-pools/{pool}/detailed-status", call => Find<LBPool>(call, "pool") is { } pool
            ? OfEnforcementPoint(call, "LBPoolStatus", new JsonObject
            {
                ["pool_path"] = pool.Path,
                ["status"] = "UNKNOWN",
                ["members"] = new JsonArray([.. (pool.Members ?? []).Select(member => new JsonObject { ["ip_address"] = member.IpAddress, ["port"] = member.Port, ["status"] = "UNKNOWN" })]),
            })
            : Answers.Error(ApiErrors.NoSuchObject(call.Values["pool"]))),
        PolicyView.Get<LBService>("lb-pools/{pool}/statistics", call => Find<LBPool>(call, "pool") is { } pool
            ? OfEnforcementPoint(call, "LBPoolStatistics", new JsonObject { ["pool_path"] = pool.Path, ["members"] = new JsonArray() }) : Answers.Error(ApiErrors.NoSuchObject(call.Values["pool"]))),
        PolicyView.Get<Infra>("lb-node-usage-summary", _ => Answers.Ok(new JsonObject { ["results"] = new JsonArray() })), // no edge runs load balancers
    ];

    private static IEnumerable<LBVirtualServer> Servers(PolicyCall call)
        => call.Model.ReferrersOf(ResourceKey.Of(call.Resource)).Select(call.Model.Find).OfType<LBVirtualServer>().Where(server => !server.MarkedForDelete).OrderBy(server => server.Path, StringComparer.Ordinal);

    /// <summary>One of the infra's that the service stands in.</summary>
    private static T? Find<T>(PolicyCall call, string name)
        where T : PolicyResource
        => call.Model.ChildrenOf<T>(call.Resource.ParentPath).FirstOrDefault(found => found.Id == call.Values[name]);

    private static JsonObject Status(LBVirtualServer server) => new() { ["virtual_server_path"] = server.Path, ["status"] = server.Enabled ? "DETACHED" : "DISABLED" };

    private static JsonObject Usage(PolicyCall call)
    {
        var service = call.Of<LBService>();
        var servers = Servers(call).ToList();
        var pools = servers.SelectMany(server => new[] { server.PoolPath, server.SorryPoolPath }).OfType<string>().Distinct().Select(path => call.Model.Find<LBPool>(path)).OfType<LBPool>().ToList();
        int members = pools.Sum(pool => pool.Members?.Count ?? 0);
        var (mostServers, mostPools, mostMembers) = Limits.GetValueOrDefault(service.Size, Limits["SMALL"]);
        double usage = Math.Max(Math.Max(100d * servers.Count / mostServers, 100d * pools.Count / mostPools), 100d * members / mostMembers);
        return new JsonObject
        {
            ["service_path"] = service.Path,
            ["service_size"] = service.Size,
            ["virtual_server_capacity"] = mostServers,
            ["current_virtual_server_count"] = servers.Count,
            ["pool_capacity"] = mostPools,
            ["current_pool_count"] = pools.Count,
            ["pool_member_capacity"] = mostMembers,
            ["current_pool_member_count"] = members,
            ["usage_percentage"] = Math.Round(usage, 2),
            ["severity"] = usage >= 80 ? "RED" : usage >= 60 ? "ORANGE" : "GREEN",
        };
    }

    private static JsonAnswer OfEnforcementPoint(PolicyCall call, string type, JsonObject facts)
    {
        facts["resource_type"] = type;
        facts["enforcement_point_path"] = EnforcementPoint;
        return Answers.Ok(new JsonObject { ["intent_path"] = call.Path, ["results"] = new JsonArray(facts) });
    }
}
