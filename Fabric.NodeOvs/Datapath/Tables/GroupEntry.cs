using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Datapath.Tables;

/// <summary>One group, with what its buckets have seen.</summary>
internal sealed class GroupEntry(GroupMod mod, long now)
{
    public uint Id => mod.Group;

    public GroupType Type => mod.Type;

    public SelectionMethod Selection => mod.Selection;

    public IReadOnlyList<BucketEntry> Buckets { get; private set; } = [.. mod.Buckets.Select(bucket => new BucketEntry(bucket))];

    public long Created { get; private init; } = now;

    public long Packets { get; set; }

    public long Bytes { get; set; }

    /// <summary>The same group with other buckets: those that stay the same keep their counts.</summary>
    public GroupEntry With(GroupMod changed, long changedAt)
    {
        var kept = Buckets.ToDictionary(bucket => bucket.Bucket.Id);
        return new GroupEntry(changed, changedAt)
        {
            Created = Created,
            Packets = Packets,
            Bytes = Bytes,
            Buckets = [.. changed.Buckets.Select(bucket => kept.TryGetValue(bucket.Id, out var old) && old.Bucket.Equals(bucket) ? old : new BucketEntry(bucket))],
        };
    }

    public GroupMod ToMod() => new() { Command = GroupModCommand.Add, Type = Type, Group = Id, Selection = Selection, Buckets = [.. Buckets.Select(bucket => bucket.Bucket)] };
}

/// <summary>A bucket and its counts.</summary>
internal sealed class BucketEntry(Bucket bucket)
{
    public Bucket Bucket => bucket;

    public long Packets { get; set; }

    public long Bytes { get; set; }
}
