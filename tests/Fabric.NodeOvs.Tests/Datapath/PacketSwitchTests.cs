using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.NodeOvs.Tests.Datapath;

/// <summary>Packets through flows, groups and connection tracking.</summary>
internal sealed class PacketSwitchTests
{
    private const string Client = "10.1.0.5";
    private const string Backend = "10.1.0.12";
    private const string Vip = "10.96.0.10";

    private static readonly string[] ServiceFlows =
    [
        "table=0,priority=100,ip,in_port=2 actions=load:0x65->NXM_NX_REG0[],resubmit(,10)",
        "table=0,priority=100,ip,in_port=1,dl_vlan=101 actions=pop_vlan,load:0x65->NXM_NX_REG0[],load:0x1->NXM_NX_REG0[16],load:0x2->NXM_NX_REG1[],resubmit(,10)",
        "table=10,priority=100,ip actions=ct(table=20,zone=NXM_NX_REG0[0..15],nat)",
        "table=20,priority=200,ct_state=+inv+trk,ip actions=resubmit(,60)",
        "table=20,priority=100,ct_state=+trk-new,ip actions=resubmit(,60)",
        "table=20,priority=90,ct_state=+new+trk,ip,reg0=0/0x10000 actions=resubmit(,30)",
        "table=20,priority=80,ip actions=resubmit(,60)",
        "table=30,priority=200,tcp,nw_dst=10.96.0.10,tp_dst=80 actions=group:1",
        "table=30,priority=0 actions=resubmit(,60)",
        "table=60,priority=200,reg0=0x10000/0x10000 actions=output:NXM_NX_REG1[]",
        "table=60,priority=100 actions=push_vlan:0x8100,move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[0..11],output:1",
    ];

    [Test]
    public void A_pods_frames_leave_tagged_and_come_back_untagged()
    {
        using var ovs = new SwitchInMemory(1, 2, 3);
        ovs.Flows(
            "table=0,priority=100,in_port=2 actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:1",
            "table=0,priority=100,in_port=1,dl_vlan=101 actions=pop_vlan,output:2");
        byte[] frame = Frames.Udp(Client, Backend);
        Assert.Multiple(() =>
        {
            Assert.That(ovs.Send(2, frame), Is.EqualTo([(1u, frame.Tagged(101))]));
            Assert.That(ovs.Send(1, frame.Tagged(101)), Is.EqualTo([(2u, frame)]));
            Assert.That(ovs.Send(1, frame.Tagged(102)), Is.Empty);
            Assert.That(ovs.Send(1, frame), Is.Empty);
            Assert.That(ovs.Send(3, frame), Is.Empty);
        });
    }

    [Test]
    public void A_service_is_translated_both_ways_and_an_open_connection_outlives_its_endpoint()
    {
        using var ovs = new SwitchInMemory(1, 2);
        ovs.Flows(ServiceFlows);
        ovs.Groups("group_id=1,type=select,bucket=weight:100,actions=ct(commit,zone=NXM_NX_REG0[0..15],nat(dst=10.1.0.12:8080),table=60)");
        var out1 = Only(ovs.Send(2, Frames.Tcp(Client, Vip, 40000, 80, TcpFlags.Syn, sequence: 1)));
        AssertTcp(out1, 1, Client, Backend, 40000, 8080, vlan: 101);
        var back = Only(ovs.Send(1, Frames.Tcp(Backend, Client, 8080, 40000, TcpFlags.Syn | TcpFlags.Ack, sequence: 100, acknowledgment: 2).Tagged(101)));
        AssertTcp(back, 2, Vip, Client, 80, 40000, vlan: 0);

        ovs.Groups("group_id=1,type=select,bucket=weight:100,actions=ct(commit,zone=NXM_NX_REG0[0..15],nat(dst=10.1.0.13:8080),table=60)");
        AssertTcp(Only(ovs.Send(2, Frames.Tcp(Client, Vip, 40000, 80, TcpFlags.Ack, sequence: 2, acknowledgment: 101))), 1, Client, Backend, 40000, 8080, vlan: 101);
        AssertTcp(Only(ovs.Send(2, Frames.Tcp(Client, Vip, 40001, 80, TcpFlags.Syn, sequence: 1))), 1, Client, "10.1.0.13", 40001, 8080, vlan: 101);
        Assert.That(ovs.Switch.Connections.Count, Is.EqualTo(2));
    }

    [Test]
    public void Traffic_between_pods_passes_untouched_though_nobody_commits_it()
    {
        using var ovs = new SwitchInMemory(1, 2);
        ovs.Flows(ServiceFlows);
        AssertTcp(Only(ovs.Send(2, Frames.Tcp(Client, Backend, 40000, 80, TcpFlags.Syn, sequence: 1))), 1, Client, Backend, 40000, 80, vlan: 101);
        AssertTcp(
            Only(ovs.Send(1, Frames.Tcp(Backend, Client, 80, 40000, TcpFlags.Syn | TcpFlags.Ack, sequence: 9, acknowledgment: 2).Tagged(101))), 2, Backend, Client, 80, 40000, vlan: 0);
        Assert.That(ovs.Switch.Connections.Count, Is.Zero);
    }

    [Test]
    public void Normal_learns_where_addresses_are_and_keeps_vlans_apart()
    {
        using var ovs = new SwitchInMemory(1, 2, 3, 4);
        ovs.Flows("table=0,priority=0 actions=NORMAL");
        foreach (var (number, tag) in new[] { (2u, (ushort)101), (3u, (ushort)101), (4u, (ushort)102) })
        {
            ovs.Bridge.Ports[number].Mode = VlanMode.Access;
            ovs.Bridge.Ports[number].Tag = tag;
        }

        ovs.Bridge.Changed();
        byte[] question = Frames.ArpRequest(Client, Backend);
        Assert.That(ovs.Send(2, question), Is.EqualTo([(1u, question.Tagged(101)), (3u, question)]), "flooded within the VLAN, tagged on the trunk");
        byte[] answer = Frames.Udp(Backend, Client);
        Assert.That(ovs.Send(1, answer.Tagged(101)), Is.EqualTo([(2u, answer)]), "known after it spoke");
        Assert.That(ovs.Send(1, answer.Tagged(102)).Select(sent => sent.Port), Is.EqualTo([4u]), "unknown in the other VLAN");
    }

    [Test]
    public void A_flow_that_is_replaced_keeps_its_counts_and_an_idle_one_goes()
    {
        using var ovs = new SwitchInMemory(1, 2);
        ovs.Flows("table=0,priority=5,in_port=2,idle_timeout=10 actions=output:1");
        ovs.Send(2, Frames.Udp(Client, Backend));
        ovs.Send(2, Frames.Udp(Client, Backend));
        ovs.Switch.Settle(ovs.Now);
        Assert.That(ovs.Bridge.Flows.All.Single().Packets, Is.EqualTo(2));
        ovs.Flows("table=0,priority=5,in_port=2,idle_timeout=10 actions=drop");
        Assert.That(ovs.Send(2, Frames.Udp(Client, Backend)), Is.Empty, "what was decided before counts no more");
        ovs.Switch.Settle(ovs.Now);
        Assert.That(ovs.Bridge.Flows.All.Single().Packets, Is.EqualTo(3));
        var reasons = new List<FlowRemovedReason>();
        ovs.Bridge.Flows.Removed += (_, reason) => reasons.Add(reason);
        ovs.Now += 10_000;
        ovs.Switch.Settle(ovs.Now);
        Assert.That(reasons, Is.EqualTo([FlowRemovedReason.IdleTimeout]));
    }

    [Test]
    public void A_learned_flow_brings_a_client_back_to_its_endpoint()
    {
        using var ovs = new SwitchInMemory(1, 2, 3);
        ovs.Flows(
            "table=0,priority=100,tcp,in_port=1 actions=resubmit(,35),resubmit(,36)",
            "table=36,priority=200,ip,reg4=1 actions=output:NXM_NX_REG2[]",
            "table=36,priority=100,tcp actions=load:0x3->NXM_NX_REG2[],resubmit(,37)",
            "cookie=0x9,table=37,priority=100,tcp actions=learn(table=35,idle_timeout=60,priority=100,cookie=0x9,delete_learned,eth_type=0x800,nw_proto=6,NXM_OF_IP_SRC[],load:NXM_NX_REG2[]->NXM_NX_REG2[],load:0x1->NXM_NX_REG4[]),output:NXM_NX_REG2[]");
        Assert.That(Only(ovs.Send(1, Frames.Tcp(Client, Vip, 1, 80, TcpFlags.Syn))).Port, Is.EqualTo(3));
        ovs.Bridge.Flows.Modify(new FlowMod { Command = FlowModCommand.Modify, Table = 36, Match = Fabric.OvsProtocol.OpenFlow.Text.FlowText.Parse("priority=100,tcp").Match,
            Instructions = Fabric.OvsProtocol.OpenFlow.Text.FlowText.Parse("tcp actions=load:0x2->NXM_NX_REG2[],resubmit(,37)").Instructions, Priority = 100 }, strict: true, ovs.Now);
        Assert.That(Only(ovs.Send(1, Frames.Tcp(Client, Vip, 2, 80, TcpFlags.Syn))).Port, Is.EqualTo(3), "the same client stays");
        Assert.That(Only(ovs.Send(1, Frames.Tcp(Backend, Vip, 2, 80, TcpFlags.Syn))).Port, Is.EqualTo(2), "another is served by the new choice");
        ovs.Bridge.Flows.Delete(new FlowMod { Table = 37 }, strict: false);
        Assert.That(ovs.Bridge.Flows[35]!.Count, Is.Zero, "what was learned goes with the learner");
    }

    [Test]
    public void A_select_group_spreads_connections_and_keeps_each_where_it_is()
    {
        using var ovs = new SwitchInMemory(1, 2, 3);
        ovs.Flows("table=0,tcp,in_port=1 actions=group:7");
        ovs.Groups("group_id=7,type=select,bucket=weight:100,actions=output:2,bucket=weight:100,actions=output:3");
        var ports = Enumerable.Range(1, 100).Select(i => Only(ovs.Send(1, Frames.Tcp(Client, Vip, (ushort)i, 80, TcpFlags.Syn))).Port).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(ports.Count(port => port == 2), Is.InRange(25, 75));
            Assert.That(ports.Select((port, i) => Only(ovs.Send(1, Frames.Tcp(Client, Vip, (ushort)(i + 1), 80, TcpFlags.Ack))).Port == port), Is.All.True);
        });
        ovs.Switch.Settle(ovs.Now);
        Assert.That(ovs.Bridge.Groups[7].Packets, Is.EqualTo(200));
    }

    private static (uint Port, byte[] Frame) Only(IReadOnlyList<(uint Port, byte[] Frame)> sent)
    {
        Assert.That(sent, Has.Count.EqualTo(1));
        return sent[0];
    }

    private static void AssertTcp((uint Port, byte[] Frame) sent, uint port, string from, string to, int fromPort, int toPort, int vlan)
    {
        Assert.That(FrameLayout.Parse(sent.Frame, out var layout), Is.EqualTo(FrameMalformation.None));
        Assert.Multiple(() =>
        {
            Assert.That(sent.Port, Is.EqualTo(port));
            Assert.That(layout.IsTagged ? layout.OuterTag.Id.Value : 0, Is.EqualTo(vlan));
            Assert.That(layout.Source(sent.Frame).ToString(), Is.EqualTo(from));
            Assert.That(layout.Destination(sent.Frame).ToString(), Is.EqualTo(to));
            Assert.That((layout.SourcePort(sent.Frame), layout.DestinationPort(sent.Frame)), Is.EqualTo(((ushort)fromPort, (ushort)toPort)));
            Assert.That(TransportChecksum.IsValid(sent.Frame, layout), "checksum");
        });
    }
}
