using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>An edge cluster of the Manager API as policy shows it: read only, with its members as objects below it.</summary>
internal static class EdgeClusterMirror
{
    public static PolicyEdgeCluster Policy(EdgeCluster cluster, PolicyEdgeCluster? old) => (old ?? new PolicyEdgeCluster()) with
    {
        DisplayName = cluster.DisplayName,
        Description = cluster.Description,
        Tags = cluster.Tags,
        NsxId = cluster.Id,
        MemberNodeType = cluster.MemberNodeType,
        InterSiteForwardingEnabled = cluster.EnableInterSiteForwarding,
    };

    /// <summary>Makes the objects of the members what they are now.</summary>
    public static void Follow(WriteScope scope, EdgeCluster cluster)
    {
        string above = SitePaths.EdgeCluster(cluster.Id);
        var members = (cluster.Members ?? []).ToDictionary(member => member.TransportNodeId);
        foreach (var gone in scope.Model.ChildrenOf<PolicyEdgeNode>(above).Where(node => !members.ContainsKey(node.Id)).ToList())
        {
            scope.Remove(ResourceKey.Of(gone));
        }

        foreach (var member in members.Values)
        {
            SiteMirror.Show(scope, exists: true, $"{above}/edge-nodes/{member.TransportNodeId}", old => (old as PolicyEdgeNode ?? new PolicyEdgeNode()) with
            {
                DisplayName = scope.Model.Find<TransportNode>(member.TransportNodeId)?.DisplayName ?? member.DisplayName,
                Description = member.Description,
                MemberIndex = member.MemberIndex,
                NsxId = member.TransportNodeId,
            });
        }
    }

    /// <summary>A cluster that gateways name, or one of whose members they name, stays.</summary>
    public static ApiError? Release(WriteScope scope, EdgeCluster cluster, DeleteWishes wishes)
    {
        string above = SitePaths.EdgeCluster(cluster.Id);
        var referrers = scope.Model.ChildrenOf<PolicyEdgeNode>(above).Select(node => ResourceKey.Of(node)).Append(ResourceKey.Of<PolicyEdgeCluster>(above))
            .SelectMany(scope.Model.ReferrersOf).ToList();
        return referrers.Count > 0 ? ApiErrors.InUse(ResourceKey.Of(cluster), referrers) : null;
    }
}
