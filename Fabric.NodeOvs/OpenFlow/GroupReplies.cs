using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>Groups as OpenFlow describes and counts them (OpenFlow 1.3.5, sections 7.3.5.9 to 7.3.5.11).</summary>
internal static class GroupReplies
{
    private const uint AllTypes = 0xF;
    private const uint Capabilities = 0x7; // weights, liveness, chaining
    private const uint MostGroups = 0xFFFFFF00;
    private const uint GroupActions = 0x0FE0_3801; // output, copy TTL, push and pop, queue, group, TTL, set field

    public static void Describe(OfWriter body, GroupEntry group, OpenFlowVersion version)
    {
        int start = body.Length;
        int length = body.Later16();
        body.Byte((int)group.Type);
        body.Zeros(1);
        body.U32(group.Id);
        Bucket[] buckets = [.. group.Buckets.Select(bucket => bucket.Bucket)];
        if (version < OpenFlowVersion.V15)
        {
            GroupMod.WriteBuckets(body, buckets, version);
        }
        else
        {
            int bucketsLength = body.Later16();
            body.Zeros(6);
            int first = body.Length;
            GroupMod.WriteBuckets(body, buckets, version);
            body.Patch16(bucketsLength, body.Length - first);
            GroupMod.WriteProperties(body, group.Selection, version);
        }

        body.Patch16(length, body.Length - start);
    }

    public static void Count(OfWriter body, GroupEntry group, int references, long now)
    {
        int start = body.Length;
        int length = body.Later16();
        body.Zeros(2);
        body.U32(group.Id);
        body.U32((uint)references);
        body.Zeros(4);
        body.U64((ulong)group.Packets);
        body.U64((ulong)group.Bytes);
        PortReplies.Age(body, now - group.Created);
        foreach (var bucket in group.Buckets)
        {
            body.U64((ulong)bucket.Packets);
            body.U64((ulong)bucket.Bytes);
        }

        body.Patch16(length, body.Length - start);
    }

    public static void Features(OfWriter body)
    {
        body.U32(AllTypes);
        body.U32(Capabilities);
        foreach (uint value in new[] { MostGroups, GroupActions })
        {
            for (int type = 0; type < 4; type++)
            {
                body.U32(value);
            }
        }
    }
}
