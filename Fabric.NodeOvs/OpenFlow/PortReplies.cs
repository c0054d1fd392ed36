using Fabric.NodeOvs.Bridges;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>Ports as OpenFlow describes and counts them (OpenFlow 1.3.5, sections 7.2.1 and 7.3.5.6; from 1.4 on with properties).</summary>
internal static class PortReplies
{
    private const uint Down = 1; // OFPPC_PORT_DOWN, OFPPS_LINK_DOWN
    private const uint Live = 4; // OFPPS_LIVE
    private const uint TenGigabit = (1 << 6) | (1 << 11); // OFPPF_10GB_FD | OFPPF_COPPER
    private const uint TenGigabitInKilobits = 10_000_000;

    public static void Describe(OfWriter body, BridgePort port, OpenFlowVersion version)
    {
        int start = body.Length;
        body.U32(port.Number);
        int length = 0;
        if (version >= OpenFlowVersion.V14)
        {
            length = body.Later16();
            body.Zeros(2);
        }
        else
        {
            body.Zeros(4);
        }

        body.Number(port.Mac, 6);
        body.Zeros(2);
        body.Text(port.Name, 16);
        body.U32(0);
        body.U32(port.IsUp ? Live : Down);
        if (version >= OpenFlowVersion.V14)
        {
            body.U16(0); // the Ethernet property
            body.U16(32);
            body.Zeros(4);
        }

        body.U32(TenGigabit);
        body.Zeros(12);
        body.U32(TenGigabitInKilobits);
        body.U32(0);
        if (version >= OpenFlowVersion.V14)
        {
            body.Patch16(length, body.Length - start);
        }
    }

    public static void Count(OfWriter body, BridgePort port, OpenFlowVersion version, long ageMs)
    {
        var counters = port.Counters;
        ulong[] counts =
        [
            (ulong)counters.ReceivedPackets, (ulong)counters.SentPackets, (ulong)counters.ReceivedBytes, (ulong)counters.SentBytes,
            (ulong)counters.ReceiveDrops, (ulong)counters.SendDrops, (ulong)counters.ReceiveErrors, 0,
        ];
        if (version < OpenFlowVersion.V14)
        {
            body.U32(port.Number);
            body.Zeros(4);
            Write(body, counts);
            body.Zeros(32);
            Age(body, ageMs);
            return;
        }

        int start = body.Length;
        int length = body.Later16();
        body.Zeros(2);
        body.U32(port.Number);
        Age(body, ageMs);
        Write(body, counts);
        body.U16(0);
        body.U16(40);
        body.Zeros(36);
        body.Patch16(length, body.Length - start);
    }

    public static void Age(OfWriter body, long ageMs)
    {
        body.U32((uint)(ageMs / 1000));
        body.U32((uint)(ageMs % 1000 * 1_000_000));
    }

    private static void Write(OfWriter body, ulong[] counts)
    {
        foreach (ulong count in counts)
        {
            body.U64(count);
        }
    }
}
