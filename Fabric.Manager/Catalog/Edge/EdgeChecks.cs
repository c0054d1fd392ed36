using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Edge;

/// <summary>Checks of edge clusters, and the indexes of their members: fixed for as long as the member stays.</summary>
internal static class EdgeChecks
{
    public static Checked<EdgeCluster> Complete(WriteScope scope, EdgeCluster? before, EdgeCluster cluster)
    {
        var kept = (before?.Members ?? []).ToDictionary(member => member.TransportNodeId, member => member.MemberIndex);
        var members = new List<EdgeClusterMember>();
        foreach (var (member, at) in (cluster.Members ?? []).Select((member, at) => (member, at)))
        {
            if (scope.Model.Find<TransportNode>(member.TransportNodeId)?.NodeDeploymentInfo is not EdgeNode)
            {
                return ApiErrors.Field($"members[{at}].transport_node_id {member.TransportNodeId} is no edge node");
            }

            if (members.Any(other => other.TransportNodeId == member.TransportNodeId))
            {
                return ApiErrors.Field($"members[{at}].transport_node_id {member.TransportNodeId} is a member twice");
            }

            if (scope.Model.All<EdgeCluster>().FirstOrDefault(other => other.Id != cluster.Id && other.Members?.Any(each => each.TransportNodeId == member.TransportNodeId) == true) is { } other)
            {
                return ApiErrors.Field($"members[{at}].transport_node_id {member.TransportNodeId} is a member of edge cluster {other.Id}");
            }

            members.Add(member with { MemberIndex = kept.GetValueOrDefault(member.TransportNodeId) });
        }

        int next = 0;
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i].MemberIndex is null)
            {
                while (members.Any(member => member.MemberIndex == next))
                {
                    next++;
                }

                members[i] = members[i] with { MemberIndex = next };
            }
        }

        bool appliances = members.Count > 0 && members.All(member => (scope.Model.Find<TransportNode>(member.TransportNodeId)?.NodeDeploymentInfo as EdgeNode)?.DeploymentConfig is not null);
        return cluster with
        {
            Members = members,
            MemberNodeType = members.Count > 0 ? "EDGE_NODE" : "UNKNOWN",
            DeploymentType = appliances ? "VIRTUAL_MACHINE" : members.Count > 0 ? "PHYSICAL_MACHINE" : "UNKNOWN",
            EnableInterSiteForwarding = false,
            ClusterProfileBindings = cluster.ClusterProfileBindings ?? DefaultBindings(scope.Model),
        };
    }

    private static IReadOnlyList<ClusterProfileTypeIdEntry>? DefaultBindings(FabricModel model)
        => model.All<EdgeHighAvailabilityProfile>().FirstOrDefault(profile => profile.SystemOwned) is { } profile
            ? [new ClusterProfileTypeIdEntry { ProfileId = profile.Id, ResourceType = nameof(EdgeHighAvailabilityProfile) }]
            : null;
}
