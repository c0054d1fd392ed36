using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Text;

namespace Fabric.OvsProtocol.Tests.OpenFlow;

/// <summary>Messages against bytes that the real ovs-ofctl sent.</summary>
internal sealed class WireTests
{
    private static readonly (string Flow, string Bytes)[] Flows =
    [
        ("table=0,priority=100,in_port=11 actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:1",
            "040e007000000002000000000000000000000000000000000000000000000064ffffffffffffffffffffffff000000000001000c800000040000000b00000000000400300000000000110008810000000019001080000c02106500000000000000000010000000010000000000000000"),
        ("table=0,priority=100,in_port=1,dl_vlan=101 actions=pop_vlan,output:11",
            "040e006800000002000000000000000000000000000000000000000000000064ffffffffffffffffffffffff0000000000010012800000040000000180000c02106500000000000000040020000000000012000800000000000000100000000b0000000000000000"),
        ("table=80,ip actions=ct(table=20,zone=NXM_NX_REG0[0..15],nat)",
            "040e007000000002000000000000000000000000000000005000000000008000ffffffffffffffffffffffff000000000001000a80000a0208000000000000000004003000000000ffff0028000023200023000000010004000f140000000000ffff0010000023200024000000000000"),
        ("table=80,tcp,reg2=0xa0a010c,reg3=8080 actions=ct(commit,table=50,zone=NXM_NX_REG0[0..15],nat(dst=10.10.1.12:8080),exec(load:1->NXM_NX_CT_MARK[]))",
            "040e00a000000002000000000000000000000000000000005000000000008000ffffffffffffffffffffffff000000000001001f80000a0208008000140106000104040a0a010c0001060400001f90000004005000000000ffff0048000023200023000100010004000f320000000000ffff00180000232000240000000200110a0a010c1f900000ffff0018000023200007001f0001d6040000000000000001"),
        ("table=80,ct_state=+new+trk,ip,reg0=0/0x10000 actions=resubmit(,30)",
            "040e007000000002000000000000000000000000000000005000000000008000ffffffffffffffffffffffff000000000001002280000a0208000001010800000000000100000001d30800000021000000210000000000000004001800000000ffff001000002320000efff81e000000"),
        ("table=80,tcp actions=learn(table=35,idle_timeout=10,priority=100,cookie=0xaff1,eth_type=0x800,nw_proto=6,NXM_OF_IP_SRC[],NXM_OF_IP_DST[],NXM_OF_TCP_DST[],load:NXM_NX_REG2[]->NXM_NX_REG2[],load:NXM_NX_REG3[0..15]->NXM_NX_REG3[0..15],load:0x1->NXM_NX_REG4[]),resubmit(,40)",
            "040e00e000000002000000000000000000000000000000005000000000008000ffffffffffffffffffffffff000000000001000f80000a020800800014010600000400a000000000ffff0088000023200010000a00000064000000000000aff10000230000000000201008000000060200002008000600000c010000002000000e04000000000e04000000200000100400000000100400000010000014020000000014020000082000010404000000010404000008100001060400000001060400002820000000010001080400000000ffff001000002320000efff828000000"),
        ("table=80,priority=8,reg0=0x10000/0x10000 actions=output:NXM_NX_REG1[]",
            "040e006000000002000000000000000000000000000000005000000000000008ffffffffffffffffffffffff00000000000100100001010800010000000100000004002000000000ffff001800002320000f001f00010204ffff000000000000"),
    ];

    private static readonly (string Group, OpenFlowVersion Version, string Bytes)[] Groups =
    [
        ("group_id=9,type=select,bucket=weight:100,actions=load:0xa0a010b->NXM_NX_REG2[],load:0x1f90->NXM_NX_REG3[],resubmit(,37)", OpenFlowVersion.V13,
            "040f006000000002000001000000000900500064ffffffffffffffff00000000ffff0018000023200007001f00010404000000000a0a010bffff0018000023200007001f000106040000000000001f90ffff001000002320000efff825000000"),
        ("group_id=10,type=select,selection_method=hash,fields(ip_src),bucket=bucket_id:1,weight:100,actions=set_field:0xa0a010b->reg2,resubmit(,37)", OpenFlowVersion.V15,
            "060f007800000002000001000000000a00300000ffffffff003000200000000100190010000104040a0a010b00000000ffff001000002320000efff8250000000000000800640000ffff00300000154d000000010000000068617368000000000000000000000000000000000000000080001604ffffffff"),
    ];

    [Test]
    public void A_flow_is_read_and_written_as_the_real_tool_writes_it([Range(0, 6)] int index)
    {
        var (text, bytes) = Flows[index];
        var flow = FlowText.Parse(text);
        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexStringLower(flow.Write(OpenFlowVersion.V13, 2).ToArray()), Is.EqualTo(Same(bytes)));
            Assert.That(FlowMod.Read(OpenFlowMessage.Read(Convert.FromHexString(bytes))), Is.EqualTo(flow));
        });
    }

    [Test]
    public void A_group_is_read_and_written_as_the_real_tool_writes_it([Range(0, 1)] int index)
    {
        var (text, version, bytes) = Groups[index];
        var read = GroupMod.Read(OpenFlowMessage.Read(Convert.FromHexString(bytes)));
        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexStringLower(read.Write(version, 2).ToArray()), Is.EqualTo(bytes));
            Assert.That(read.Buckets, Is.EqualTo(FlowText.ParseGroup(text).Buckets));
        });
    }

    /// <summary>The tool's transaction id, which counts its requests, is the only part that may differ.</summary>
    private static string Same(string bytes) => string.Concat(bytes.AsSpan(0, 8), "00000002", bytes.AsSpan(16));
}
