using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>How select groups and multipath spread flows.</summary>
internal static class FlowHash
{
    /// <summary>
    /// The same for both directions of a connection, over addresses, protocol and the ports of TCP and SCTP; those of UDP do not count, as in Open
    /// vSwitch's data path (reference: node-ovs.md, 3.5).
    /// </summary>
    public static uint Symmetric(in PacketFields fields, bool withUdpPorts = false)
    {
        ulong proto = fields[FieldSlot.IpProto];
        ulong hash = Mix(0, fields[PacketFields.IpSource] ^ fields[PacketFields.IpDestination]);
        hash = Mix(hash, fields[PacketFields.IpSource + 1] ^ fields[PacketFields.IpDestination + 1]);
        hash = Mix(hash, proto);
        if (proto is 6 or 132 || (proto == 17 && withUdpPorts))
        {
            hash = Mix(hash, fields[FieldSlot.TpSrc] ^ fields[FieldSlot.TpDst]);
        }

        return Finish(hash);
    }

    public static uint Of(in PacketFields fields, FlowMatch chosen)
    {
        ulong hash = 0;
        foreach (var field in chosen.Fields)
        {
            var value = fields.Get(field.Id) & field.Mask;
            hash = Mix(Mix(hash, (ulong)(value >> 64)), (ulong)value);
        }

        return Finish(hash);
    }

    /// <summary>
    /// The bucket of a hash: each draws a number from it, and the highest wins, so that only flows of a bucket that goes find another
    /// (Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates").
    /// </summary>
    public static BucketEntry? Choose(IReadOnlyList<BucketEntry> buckets, uint hash)
    {
        BucketEntry? best = null;
        double highest = double.NegativeInfinity;
        foreach (var bucket in buckets)
        {
            if (bucket.Bucket.Weight == 0)
            {
                continue;
            }

            uint drawn = Finish(Mix(Mix(0x51, hash), bucket.Bucket.Id));
            double score = -bucket.Bucket.Weight / Math.Log((drawn + 1.0) / (uint.MaxValue + 2.0));
            if (score > highest)
            {
                (highest, best) = (score, bucket);
            }
        }

        return best;
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0x9E37_79B9_7F4A_7C15;
        return hash ^ (hash >> 29);
    }

    private static uint Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EB;
        return (uint)(hash >> 32);
    }
}
