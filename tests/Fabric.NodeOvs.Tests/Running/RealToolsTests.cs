using Fabric.TestKit;

namespace Fabric.NodeOvs.Tests.Running;

/// <summary>The whole switch against the real ovs-vsctl, ovs-ofctl and ovs-appctl.</summary>
internal sealed class RealToolsTests
{
    [Test]
    public async Task A_bridge_is_configured_and_the_tools_wait_for_it()
    {
        await using var ovs = RunningSwitch.Start(new DevicesInMemory());
        await ovs.Vsctl("init");
        await ovs.Vsctl("add-br", "br-int", "--", "set", "bridge", "br-int", "datapath_type=netdev", "fail_mode=secure", "protocols=OpenFlow13,OpenFlow14,OpenFlow15");
        await ovs.Vsctl("add-port", "br-int", "uplink", "--", "set", "Interface", "uplink", "ofport_request=1");
        await ovs.Vsctl("add-port", "br-int", "pod1", "tag=101");
        Assert.Multiple(async () =>
        {
            Assert.That(await ovs.Vsctl("get", "Interface", "uplink", "ofport"), Is.EqualTo("1\n"));
            Assert.That(await ovs.Vsctl("get", "Interface", "pod1", "ofport"), Is.EqualTo("2\n"));
            Assert.That(await ovs.Vsctl("get", "Interface", "br-int", "ofport"), Is.EqualTo("65534\n"));
            Assert.That(await ovs.Vsctl("get", "Interface", "pod1", "error"), Is.EqualTo("[]\n"));
            Assert.That(await ovs.Vsctl("show"), Does.Contain("Port pod1").And.Contains("tag: 101").And.Contains("fail_mode: secure"));
            Assert.That(await ovs.Ofctl("show", "br-int"), Does.Contain("1(uplink)").And.Contains("2(pod1)").And.Contains("LOCAL(br-int)"));
        });
    }

    [Test]
    public async Task A_port_without_a_device_says_so()
    {
        await using var ovs = RunningSwitch.Start(new DevicesInMemory());
        await ovs.Vsctl("add-br", "br0");
        var (exit, _, error) = await Ovsdb.OvsTool.RunAsync("ovs-vsctl", ["--timeout=10", "add-port", "br0", "absent0"], ovs.Folder);
        Assert.Multiple(async () =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(error, Does.Contain("Error detected while setting up 'absent0'").And.Contains("No such device"));
            Assert.That(await ovs.Vsctl("get", "Interface", "absent0", "ofport"), Is.EqualTo("-1\n"));
        });
    }

    [Test]
    public async Task Flows_and_groups_are_added_shown_changed_and_deleted()
    {
        await using var ovs = RunningSwitch.Start(new DevicesInMemory());
        await ovs.Vsctl("add-br", "br0", "--", "set", "bridge", "br0", "fail_mode=secure");
        await ovs.Vsctl("add-port", "br0", "p1");
        await ovs.Vsctl("add-port", "br0", "p2");
        await ovs.Ofctl("add-group", "br0", "group_id=5,type=select,bucket=weight:100,actions=output:2");
        await ovs.Ofctl("add-flow", "br0", "table=0,priority=100,tcp,in_port=p1,tp_dst=80 actions=group:5");
        await ovs.Ofctl("add-flow", "br0", "table=0,priority=90,ip,in_port=1 actions=ct(table=1,zone=7,nat)");
        await ovs.Ofctl("add-flow", "br0", "cookie=0x7,table=1,ip,ct_state=+trk+new actions=ct(commit,zone=7),output:2");
        Assert.Multiple(async () =>
        {
            Assert.That((await ovs.Ofctl("--no-names", "--no-stats", "dump-flows", "br0")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()), Is.EqualTo(new[]
            {
                "priority=100,tcp,in_port=1,tp_dst=80 actions=group:5",
                "priority=90,ip,in_port=1 actions=ct(table=1,zone=7,nat)",
                "cookie=0x7, table=1, ct_state=+new+trk,ip actions=ct(commit,zone=7),output:2",
            }));
            Assert.That(await ovs.Ofctl("dump-groups", "br0"), Does.Contain("group_id=5,type=select"));
            Assert.That(await ovs.Ofctl("dump-group-stats", "br0"), Does.Contain("group_id=5"));
            Assert.That(await ovs.Ofctl("dump-tables", "br0"), Does.Contain("active=2"));
            Assert.That(await ovs.Ofctl("dump-aggregate", "br0"), Does.Contain("flow_count=3"));
            Assert.That(await ovs.Ofctl("dump-ports", "br0"), Does.Contain("rx pkts="));
            Assert.That(await ovs.Ofctl("dump-desc", "br0"), Does.Contain("NodeOvs"));
        });

        await ovs.Ofctl("mod-flows", "br0", "table=1 actions=drop");
        Assert.That(await ovs.Ofctl("--no-stats", "dump-flows", "br0", "table=1"), Does.Contain("actions=drop"));
        await ovs.Ofctl("del-groups", "br0", "group_id=5");
        Assert.That(await ovs.Ofctl("dump-flows", "br0"), Does.Not.Contain("group:5"), "flows go with their group");
        await ovs.Ofctl("del-flows", "br0", "cookie=7/-1");
        await ovs.Ofctl("del-flows", "br0");
        Assert.That(await ovs.Ofctl("dump-aggregate", "br0"), Does.Contain("flow_count=0"));
        var (exit, _, error) = await Ovsdb.OvsTool.RunAsync("ovs-ofctl", ["-O", "OpenFlow13", "add-flow", "br0", "actions=group:77"], ovs.Folder);
        Assert.That((exit, error), Is.EqualTo((1, error)).And.Matches<(int, string)>(said => said.Item2.Contains("OFPBAC_BAD_OUT_GROUP", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_bundle_is_all_or_nothing()
    {
        await using var ovs = RunningSwitch.Start(new DevicesInMemory());
        await ovs.Vsctl("add-br", "br0", "--", "set", "bridge", "br0", "fail_mode=secure");
        string good = Path.Combine(ovs.Folder, "good.txt");
        await File.WriteAllLinesAsync(good, Enumerable.Range(0, 2000).Select(i => $"table=3,priority={i},ip,nw_dst=10.0.{i / 256}.{i % 256} actions=output:1"));
        await ovs.Ofctl("--bundle", "add-flows", "br0", good);
        Assert.That(await ovs.Ofctl("dump-aggregate", "br0"), Does.Contain("flow_count=2000"));
        string bad = Path.Combine(ovs.Folder, "bad.txt");
        await File.WriteAllLinesAsync(bad, ["table=4,ip actions=output:1", "table=4,arp actions=group:9"]);
        var (exit, _, _) = await Ovsdb.OvsTool.RunAsync("ovs-ofctl", ["-O", "OpenFlow13", "--bundle", "add-flows", "br0", bad], ovs.Folder);
        Assert.Multiple(async () =>
        {
            Assert.That(exit, Is.Not.Zero);
            Assert.That(await ovs.Ofctl("dump-aggregate", "br0"), Does.Contain("flow_count=2000"));
        });
        await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow13", "replace-flows", "br0", good);
    }

    [Test]
    public async Task OpenFlow_15_groups_hash_by_fields_and_take_buckets_one_by_one()
    {
        await using var ovs = RunningSwitch.Start(new DevicesInMemory());
        await ovs.Vsctl("add-br", "br0");
        await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "add-group", "br0", "group_id=1,type=select,selection_method=hash,fields(ip_src,udp_src),bucket=bucket_id:1,weight:100,actions=output:1");
        await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "insert-buckets", "br0", "group_id=1,command_bucket_id=last,bucket=bucket_id:2,weight:100,actions=output:2");
        Assert.That(await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "dump-groups", "br0"), Does.Contain("selection_method=hash").And.Contains("bucket_id:1").And.Contains("bucket_id:2"));
        await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "remove-buckets", "br0", "group_id=1,command_bucket_id=1");
        Assert.That(await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "dump-groups", "br0"), Does.Not.Contain("bucket_id:1,"));
        await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "add-flow", "br0", "table=0,udp actions=group:1");
        Assert.That(await ovs.RunAsync("ovs-ofctl", "-O", "OpenFlow15", "--no-stats", "dump-flows", "br0", "udp"), Does.Contain("actions=group:1"));
    }

    [Test]
    public async Task Appctl_explains_what_a_packet_meets()
    {
        var devices = new DevicesInMemory();
        await using var ovs = RunningSwitch.Start(devices);
        await ovs.Vsctl("add-br", "br0", "--", "set", "bridge", "br0", "fail_mode=secure");
        await ovs.Vsctl("add-port", "br0", "p1");
        await ovs.Vsctl("add-port", "br0", "p2");
        await ovs.Ofctl("add-flow", "br0", "table=0,priority=5,ip,in_port=1 actions=push_vlan:0x8100,set_field:4197->vlan_vid,resubmit(,1)");
        await ovs.Ofctl("add-flow", "br0", "table=1 actions=output:2");
        string trace = await ovs.RunAsync("ovs-appctl", "ofproto/trace", "br0", "ip,in_port=1,nw_src=10.0.0.1,nw_dst=10.0.0.2");
        devices["p1"].Send(Frames.Udp("10.0.0.1", "10.0.0.2"));
        Assert.That(() => devices["p2"].ReceiveAll(), Has.Count.EqualTo(1).After(2000, 20));
        Assert.Multiple(async () =>
        {
            Assert.That(trace, Does.Contain("priority 5").And.Contains("push_vlan(vid=101").And.Contains("Datapath actions:"));
            Assert.That(await ovs.RunAsync("ovs-appctl", "dpif/show"), Does.Contain("p1 1/"));
            Assert.That(await ovs.RunAsync("ovs-appctl", "list-commands"), Does.Contain("dpctl/dump-conntrack"));
            Assert.That(await ovs.RunAsync("ovs-appctl", "version"), Does.Contain("ovs-vswitchd"));
            Assert.That(await ovs.RunAsync("ovs-appctl", "bridge/dump-flows", "br0"), Does.Contain("n_packets=1"));
        });
    }
}
