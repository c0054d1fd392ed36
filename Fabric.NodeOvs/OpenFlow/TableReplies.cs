using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>Tables as OpenFlow describes and counts them. The features name no limits: ovs-ofctl only needs that the parts are there (reference: node-ovs.md, 3.2).</summary>
internal static class TableReplies
{
    private const uint MostFlows = 1_000_000;

    private static readonly int[] RequiredProperties = [0, 2, 4, 6, 8, 10, 12, 14];

    public static void Describe(OfWriter body, byte table, string name)
    {
        int start = body.Length;
        int length = body.Later16();
        body.Byte(table);
        body.Zeros(5);
        body.Text(name, 32);
        body.U64(ulong.MaxValue);
        body.U64(ulong.MaxValue);
        body.U32(0);
        body.U32(MostFlows);
        foreach (int property in RequiredProperties)
        {
            body.U16(property);
            body.U16(4);
            body.Zeros(4);
        }

        body.Patch16(length, body.Length - start);
    }

    public static void Count(OfWriter body, int number, FlowTable? table)
    {
        body.Byte(number);
        body.Zeros(3);
        body.U32((uint)(table?.Count ?? 0));
        body.U64((ulong)(table?.Lookups ?? 0));
        body.U64((ulong)(table?.Matches ?? 0));
    }
}
