using System.Diagnostics;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Text;

namespace Fabric.OvsProtocol.Tests.OpenFlow;

/// <summary>Flows in text and bytes against the real ovs-ofctl, which reads both without a switch.</summary>
internal sealed class NotationTests
{
    private static readonly string[] Flows =
    [
        "table=0,priority=200,arp,in_port=3,arp_spa=10.1.0.5,arp_sha=02:00:00:00:00:05 actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:1",
        "table=0,priority=200,arp,in_port=1,dl_vlan=101 actions=pop_vlan,output:3",
        "table=0,priority=100,ip,in_port=3,dl_src=02:00:00:00:00:05,nw_src=10.1.0.5 actions=load:0x65->NXM_NX_REG0[],resubmit(,10)",
        "table=0,priority=100,ip,in_port=1,dl_vlan=101 actions=pop_vlan,load:0x65->NXM_NX_REG0[],load:0x1->NXM_NX_REG0[16],load:0x3->NXM_NX_REG1[],resubmit(,10)",
        "table=0,priority=0 actions=drop",
        "table=10,priority=100,ip actions=ct(table=20,zone=NXM_NX_REG0[0..15],nat)",
        "table=20,priority=200,ct_state=+inv+trk,ip actions=resubmit(,60)",
        "table=20,priority=90,ct_state=+new+trk,ip,reg0=0/0x10000 actions=resubmit(,30)",
        "table=30,priority=200,tcp,nw_dst=10.96.0.10,tp_dst=80 actions=group:1",
        "table=37,cookie=0x2a,priority=100,tcp,nw_dst=10.96.0.11,tp_dst=80 actions=learn(table=35,idle_timeout=60,priority=100,cookie=0x2a,delete_learned,eth_type=0x800,nw_proto=6,NXM_OF_IP_SRC[],NXM_OF_IP_DST[],NXM_OF_TCP_DST[],load:NXM_NX_REG2[]->NXM_NX_REG2[],load:NXM_NX_REG3[0..15]->NXM_NX_REG3[0..15],load:0x1->NXM_NX_REG4[]),resubmit(,40)",
        "table=40,priority=100,tcp,reg2=0xa0a010c,reg3=0x1f90 actions=ct(commit,table=50,zone=NXM_NX_REG0[0..15],nat(dst=10.10.1.12:8080),exec(load:0x1->NXM_NX_CT_MARK[]))",
        "table=50,priority=100,ip,in_port=3,nw_src=10.1.0.5,nw_dst=10.1.0.5 actions=ct(commit,table=55,zone=65520,nat(src=169.254.254.1))",
        "table=55,priority=100,ip,in_port=3 actions=set_field:02:00:00:00:00:01->eth_src,set_field:02:00:00:00:00:05->eth_dst,IN_PORT",
        "table=60,priority=200,reg0=0x10000/0x10000 actions=output:NXM_NX_REG1[]",
        "table=60,priority=100 actions=push_vlan:0x8100,move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[0..11],output:1",
        "table=0,priority=210,arp,in_port=9,arp_op=1 actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:02:00:00:00:00:01->eth_src,load:0x2->NXM_OF_ARP_OP[],IN_PORT",
        "table=2 actions=NORMAL",
        "table=1,udp6,ipv6_dst=fd00:1::10,tp_dst=53 actions=ct(commit,table=2,zone=65312,nat(dst=[fd00::5]:53))",
        "table=0,icmp6,ipv6_src=fd00::/64,icmp_type=135 actions=CONTROLLER:65535",
        "table=0,sctp,nw_dst=10.0.0.0/8,tp_dst=5060 actions=dec_ttl,FLOOD",
        "table=0,tcp,nw_dst=10.0.0.1,tcp_flags=+syn-ack actions=conjunction(7,1/2)",
        "table=0,conj_id=7,ip actions=clone(ct_clear,output:5),goto_table:4",
    ];

    [TestCaseSource(nameof(Flows))]
    public async Task What_this_writes_the_real_tool_reads_as_the_same_flow(string text)
    {
        var flow = FlowText.Parse(text);
        var message = flow.Write(OpenFlowVersion.V13, 1);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, message.ToArray());
            string theirs = Canonical(await OfctlAsync("ofp-parse", file));
            string ours = Canonical(await OfctlAsync("-O", "OpenFlow13", "parse-flow", text));
            Assert.Multiple(() =>
            {
                Assert.That(theirs, Is.EqualTo(ours), "the bytes say what the text says");
                Assert.That(FlowMod.Read(OpenFlowMessage.Read(message.ToArray())), Is.EqualTo(flow), "what was written is read again");
                Assert.That(FlowText.Parse(FlowText.Format(flow)), Is.EqualTo(flow), $"what was printed is read again: {FlowText.Format(flow)}");
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("priority=1,nothing=2 actions=drop", "nothing=2")]
    [TestCase("tcp,tp_dst=80,nw_dst=10.0.0.300 actions=drop", "10.0.0.300")]
    [TestCase("ip actions=fly:7", "fly:7")]
    [TestCase("tp_dst=80 actions=drop", "needs a protocol")]
    [TestCase("ip actions=load:1->NXM_NX_REG0[32]", "bits 0 to 31")]
    public void What_is_no_flow_is_refused_with_the_part_that_is_wrong(string text, string part)
        => Assert.That(() => FlowText.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains(part));

    /// <summary>What the tool says of the flow itself, without the message around it.</summary>
    private static string Canonical(string output)
    {
        string line = output.Split('\n').First(each => each.Contains("actions=", StringComparison.Ordinal) || each.Contains("ADD", StringComparison.Ordinal));
        return line[(line.IndexOf("ADD", StringComparison.Ordinal) + 3)..].Trim();
    }

    private static async Task<string> OfctlAsync(params string[] arguments)
    {
        if (!File.Exists("/usr/bin/ovs-ofctl"))
        {
            Assert.Ignore("ovs-ofctl is not installed (Debian: openvswitch-common)");
        }

        using var process = Process.Start(new ProcessStartInfo("/usr/bin/ovs-ofctl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, error);
        return output;
    }
}
