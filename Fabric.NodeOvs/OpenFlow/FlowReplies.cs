using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>Flows as OpenFlow describes and counts them (OpenFlow 1.3.5, section 7.3.5.2; OpenFlow 1.5.1, sections 7.3.5.2 and 7.2.4).</summary>
internal static class FlowReplies
{
    private const uint StatisticClass = 0x8002;

    public static void Describe(OfWriter body, FlowEntry flow, OpenFlowVersion version, long now)
    {
        int start = body.Length;
        int length = body.Later16();
        if (version >= OpenFlowVersion.V15)
        {
            body.Zeros(2);
            body.Byte(flow.Table);
            body.Zeros(1);
            body.U16(flow.Priority);
            body.U16(flow.IdleTimeout);
            body.U16(flow.HardTimeout);
            body.U16((int)flow.Flags);
            body.U16(flow.Importance);
            body.U64(flow.Cookie);
            flow.Match.Write(body, version);
            Statistics(body, flow, now);
        }
        else
        {
            body.Byte(flow.Table);
            body.Zeros(1);
            PortReplies.Age(body, now - flow.Created);
            body.U16(flow.Priority);
            body.U16(flow.IdleTimeout);
            body.U16(flow.HardTimeout);
            body.U16((int)flow.Flags);
            body.U16(version >= OpenFlowVersion.V14 ? flow.Importance : 0);
            body.Zeros(2);
            body.U64(flow.Cookie);
            body.U64((ulong)flow.Packets);
            body.U64((ulong)flow.Bytes);
            flow.Match.Write(body, version);
        }

        flow.Instructions.WriteTo(body, version);
        body.Patch16(length, body.Length - start);
    }

    public static void Removed(OfWriter body, FlowEntry flow, FlowRemovedReason reason, OpenFlowVersion version, long now)
    {
        if (version >= OpenFlowVersion.V15)
        {
            body.Byte(flow.Table);
            body.Byte((int)reason);
            body.U16(flow.Priority);
            body.U16(flow.IdleTimeout);
            body.U16(flow.HardTimeout);
            body.U64(flow.Cookie);
            flow.Match.Write(body, version);
            Statistics(body, flow, now);
            return;
        }

        body.U64(flow.Cookie);
        body.U16(flow.Priority);
        body.Byte((int)reason);
        body.Byte(flow.Table);
        PortReplies.Age(body, now - flow.Created);
        body.U16(flow.IdleTimeout);
        body.U16(flow.HardTimeout);
        body.U64((ulong)flow.Packets);
        body.U64((ulong)flow.Bytes);
        flow.Match.Write(body, version);
    }

    public static void Aggregate(OfWriter body, IReadOnlyCollection<FlowEntry> flows, OpenFlowVersion version)
    {
        ulong packets = (ulong)flows.Sum(flow => flow.Packets);
        ulong bytes = (ulong)flows.Sum(flow => flow.Bytes);
        if (version >= OpenFlowVersion.V15)
        {
            int start = body.Length;
            body.U16(0);
            int length = body.Later16();
            Statistic(body, 3, 4);
            body.U32((uint)flows.Count);
            Statistic(body, 4, 8);
            body.U64(packets);
            Statistic(body, 5, 8);
            body.U64(bytes);
            body.Patch16(length, body.Length - start);
            body.Pad8(start);
            return;
        }

        body.U64(packets);
        body.U64(bytes);
        body.U32((uint)flows.Count);
        body.Zeros(4);
    }

    private static void Statistics(OfWriter body, FlowEntry flow, long now)
    {
        int start = body.Length;
        body.U16(0);
        int length = body.Later16();
        Statistic(body, 0, 8);
        PortReplies.Age(body, now - flow.Created);
        Statistic(body, 1, 8);
        PortReplies.Age(body, now - flow.Used);
        Statistic(body, 4, 8);
        body.U64((ulong)flow.Packets);
        Statistic(body, 5, 8);
        body.U64((ulong)flow.Bytes);
        body.Patch16(length, body.Length - start);
        body.Pad8(start);
    }

    private static void Statistic(OfWriter body, uint field, uint length) => body.U32((StatisticClass << 16) | (field << 9) | length);
}
