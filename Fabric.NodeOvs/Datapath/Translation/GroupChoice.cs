using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>Which buckets of a group a packet is processed by (OpenFlow 1.3.5, section 5.6.1).</summary>
internal static class GroupChoice
{
    public static IReadOnlyList<BucketEntry> Of(Bridge bridge, GroupEntry group, in PacketFields fields) => group.Type switch
    {
        GroupType.All => group.Buckets,
        GroupType.Indirect => group.Buckets.Count > 0 ? [group.Buckets[0]] : [],
        GroupType.FastFailover => group.Buckets.FirstOrDefault(bucket => IsLive(bridge, bucket)) is { } live ? [live] : [],
        _ => FlowHash.Choose(group.Buckets, HashOf(group, fields)) is { } one ? [one] : [],
    };

    private static uint HashOf(GroupEntry group, in PacketFields fields)
        => group.Selection.Method == "hash" ? FlowHash.Of(fields, group.Selection.Fields) : FlowHash.Symmetric(fields);

    private static bool IsLive(Bridge bridge, BucketEntry bucket)
        => bucket.Bucket.WatchPort != OfPort.Any ? bridge.IsUp(bucket.Bucket.WatchPort)
            : bucket.Bucket.WatchGroup == uint.MaxValue
                || (bridge.Groups.TryGetValue(bucket.Bucket.WatchGroup, out var watched) && watched.Buckets.Any(each => IsLive(bridge, each)));
}
