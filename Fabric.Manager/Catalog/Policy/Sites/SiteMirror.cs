using System.Text.Json;
using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>
/// Objects that both APIs serve, each under its own type: transport zones, hosts, edge clusters, profiles of host switches. Both have the same id, and
/// whatever a write does to one it does to the other, in the same write.
/// </summary>
internal static class SiteMirror
{
    /// <summary>Called for each change of a write, but not for those made here.</summary>
    public static void Follow(WriteScope scope, ManagedResource? before, ManagedResource? after)
    {
        switch (after ?? before)
        {
            case TransportZone zone:
                Show(scope, after is not null, SitePaths.Zone(zone.Id), old => ZoneMirror.Policy(zone, old as PolicyTransportZone));
                break;
            case PolicyTransportZone zone when SitePaths.IsOfPoint(zone.Path):
                Keep(scope, after is not null && !zone.MarkedForDelete, ResourceKey.Of<TransportZone>(zone.Id), old => ZoneMirror.Manager(zone, old as TransportZone));
                break;
            case BaseHostSwitchProfile profile when HostSwitchProfileMirror.Policy(profile, null) is not null:
                Show(scope, after is not null, SitePaths.HostSwitchProfile(profile.Id), old => HostSwitchProfileMirror.Policy(profile, old)!);
                break;
            case PolicyBaseHostSwitchProfile profile when profile.ParentPath == "/infra" && HostSwitchProfileMirror.Manager(profile, null) is not null:
                Keep(scope, after is not null && !profile.MarkedForDelete, ResourceKey.Of<BaseHostSwitchProfile>(profile.Id), old => HostSwitchProfileMirror.Manager(profile, old)!);
                break;
            case TransportNode { NodeDeploymentInfo: not EdgeNode } node:
                Show(scope, after is not null, SitePaths.Host(node.Id), old => HostMirror.Policy(node, old as HostTransportNode));
                break;
            case TransportNode edge:
                foreach (var cluster in scope.Model.ReferrersOf(ResourceKey.Of(edge)).Select(scope.Model.Find).OfType<EdgeCluster>().ToList())
                {
                    EdgeClusterMirror.Follow(scope, cluster);
                }

                break;
            case EdgeCluster cluster:
                EdgeClusterMirror.Follow(scope, after is null ? cluster with { Members = [] } : cluster);
                Show(scope, after is not null, SitePaths.EdgeCluster(cluster.Id), old => EdgeClusterMirror.Policy(cluster, old as PolicyEdgeCluster));
                break;
            default:
                break;
        }
    }

    /// <summary>The record with the fields of another type that have the same names.</summary>
    public static T Copy<T>(ManagedResource from, T onto)
        where T : ManagedResource
    {
        var body = ResourceJson.StoreAsNode(onto);
        foreach (var (name, value) in ResourceJson.StoreAsNode(from))
        {
            if (name != "resource_type" && !name.StartsWith('_') && Shape.Of(onto.GetType()).Fields.ContainsKey(name))
            {
                body[name] = value?.DeepClone();
            }
        }

        return (T)body.Deserialize(onto.GetType(), ResourceJson.Stored)!;
    }

    /// <summary>Makes the object of the policy tree follow.</summary>
    public static void Show(WriteScope scope, bool exists, string path, Func<PolicyResource?, PolicyResource> make)
    {
        var place = PolicyTree.Find(path)!;
        if (!exists)
        {
            RemoveIfThere(scope, place.Key);
            return;
        }

        if (scope.Model.Find<EnforcementPoint>(SitePaths.Point) is null)
        {
            return; // a data file without a policy tree has nothing to show
        }

        var old = (PolicyResource?)scope.Model.Find(place.Key);
        var made = make(old);
        scope.Put(made with
        {
            Id = place.Id!,
            DisplayName = made.DisplayName ?? place.Id,
            Path = place.Path,
            RelativePath = place.Id!,
            ParentPath = place.ParentPath,
            UniqueId = old?.UniqueId ?? place.Id,
            RealizationId = old?.RealizationId ?? place.Id,
            MarkedForDelete = false,
        });
    }

    /// <summary>Makes the object of the Manager API follow.</summary>
    private static void Keep(WriteScope scope, bool exists, ResourceKey key, Func<ManagedResource?, ManagedResource> make)
    {
        if (exists)
        {
            scope.Put(make(scope.Model.Find(key)));
        }
        else
        {
            RemoveIfThere(scope, key);
        }
    }

    private static void RemoveIfThere(WriteScope scope, ResourceKey key)
    {
        if (scope.Model.Find(key) is not null)
        {
            scope.Remove(key);
        }
    }
}
