using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Seeds;

/// <summary>
/// What the acceptance suites of the Terraform provider expect to find, by the names that they look for when no variable says otherwise.
/// Names are compared exactly there, so the edge cluster is made in both spellings in use.
/// </summary>
internal static class TerraformSeed
{
    public const string Tier0 = "PLR-1 LogicalRouterTier0";
    public const string EdgeCluster = "EDGECLUSTER1";
    public const string OldEdgeCluster = "edgecluster1";
    public const string VlanZone = "transportzone2";
    public const string OverlayZone = "1-transportzone";
    public const string IpPool = "terraform-ip-pool";

    public static void Put(WriteScope scope)
    {
        scope.Put(new TransportZone { Id = scope.Ids.Next(), DisplayName = OverlayZone, TransportType = "OVERLAY" });
        scope.Put(new TransportZone { Id = scope.Ids.Next(), DisplayName = VlanZone, TransportType = "VLAN" });
        scope.Put(new IpPool
        {
            Id = scope.Ids.Next(),
            DisplayName = IpPool,
            Subnets =
            [
                new IpPoolSubnet
                {
                    Cidr = "192.168.77.0/24", GatewayIp = "192.168.77.1", AllocationRanges = [new IpPoolRange { Start = "192.168.77.10", End = "192.168.77.250" }],
                },
            ],
        });
        Cluster(scope, OldEdgeCluster, 1);
        string cluster = Cluster(scope, EdgeCluster, 3);
        var router = new LogicalRouter
        {
            Id = scope.Ids.Next(), DisplayName = Tier0, RouterType = "TIER0", HighAvailabilityMode = "ACTIVE_STANDBY", FailoverMode = "NON_PREEMPTIVE", EdgeClusterId = cluster,
        };
        ResourceWriter.Write(scope, ResourceCatalog.Of<LogicalRouter>(), null, router);
    }

    private static string Cluster(WriteScope scope, string name, int firstEdge)
    {
        var edges = Enumerable.Range(firstEdge, 2).Select(number => Edge(scope, $"edgenode{number}", number)).ToList();
        var cluster = new EdgeCluster { Id = scope.Ids.Next(), DisplayName = name, Members = [.. edges.Select(id => new EdgeClusterMember { TransportNodeId = id })] };
        ResourceWriter.Write(scope, ResourceCatalog.Of<EdgeCluster>(), null, cluster);
        return cluster.Id;
    }

    private static string Edge(WriteScope scope, string name, int number)
    {
        var node = new TransportNode
        {
            Id = scope.Ids.Next(),
            DisplayName = name,
            NodeDeploymentInfo = new EdgeNode
            {
                DisplayName = name, IpAddresses = [$"192.168.78.{number}"], NodeSettings = new EdgeNodeSettings { Hostname = $"{name}.lab" },
                DeploymentConfig = new EdgeNodeDeploymentConfig { NodeUserSettings = new NodeUserSettings() },
            },
            HostSwitchSpec = new StandardHostSwitchSpec { HostSwitches = [] },
        };
        ResourceWriter.Write(scope, ResourceCatalog.Of<TransportNode>(), null, node);
        return node.Id;
    }
}
