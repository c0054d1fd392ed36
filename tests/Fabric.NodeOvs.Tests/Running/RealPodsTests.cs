using System.Diagnostics;
using Fabric.NodeOvs.Running;
using Fabric.TestKit;

namespace Fabric.NodeOvs.Tests.Running;

/// <summary>Pods of Linux behind the switch: real interfaces, real kernels' TCP.</summary>
internal sealed class RealPodsTests
{
    private const string Vip = "10.96.0.10";

    [Test]
    public async Task Pods_ping_each_other_and_reach_a_service_by_its_address()
    {
        using var node = TemporaryNamespace.CreateOrIgnore();
        using var client = TemporaryNamespace.CreateOrIgnore();
        using var server = TemporaryNamespace.CreateOrIgnore();
        Plug(node, client, "pod1", "10.1.0.5/24");
        Plug(node, server, "pod2", "10.1.0.12/24");
        await using var ovs = RunningSwitch.Start(new KernelDevices(node.Path));
        await ovs.Vsctl("add-br", "br-int", "--", "set", "bridge", "br-int", "fail_mode=secure");
        await ovs.Vsctl("add-port", "br-int", "pod1");
        await ovs.Vsctl("add-port", "br-int", "pod2");
        await ovs.Ofctl("add-group", "br-int", "group_id=1,type=select,bucket=weight:100,actions=ct(commit,zone=7,nat(dst=10.1.0.12:5201),table=2)");
        foreach (string flow in new[]
        {
            "table=0,priority=100,ip actions=ct(table=1,zone=7,nat)",
            "table=0,priority=50,arp,arp_tpa=10.96.0.10,arp_op=1 actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:02:00:00:00:00:01->eth_src,load:2->NXM_OF_ARP_OP[],move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],set_field:02:00:00:00:00:01->arp_sha,move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],load:0x0a60000a->NXM_OF_ARP_SPA[],IN_PORT",
            "table=0,priority=0 actions=NORMAL",
            "table=1,priority=100,ct_state=+trk+new,tcp,nw_dst=10.96.0.10,tp_dst=80 actions=group:1",
            "table=1,priority=0 actions=resubmit(,2)",
            $"table=2,priority=100,ip,nw_dst=10.1.0.12 actions=set_field:{Mac(server, "eth0")}->eth_dst,output:2",
            "table=2,priority=0 actions=NORMAL",
        })
        {
            await ovs.Ofctl("add-flow", "br-int", flow);
        }

        await In(client, "ping", "-c", "3", "-i", "0.2", "-W", "2", "10.1.0.12");
        client.Run($"route add {Vip}/32 dev eth0");
        using var listening = Start(server, "iperf3", "-s", "-1");
        string report = await UntilHeard(() => In(client, "iperf3", "-c", Vip, "-p", "80", "-n", "50M"));
        await listening.WaitForExitAsync();
        Assert.Multiple(async () =>
        {
            Assert.That(report, Does.Contain("receiver"));
            Assert.That(await ovs.RunAsync("ovs-appctl", "dpctl/dump-conntrack", "zone=7"), Does.Contain($"orig=(src=10.1.0.5,dst={Vip}").And.Contains("reply=(src=10.1.0.12,dst=10.1.0.5"));
            Assert.That(await ovs.Ofctl("dump-flows", "br-int", "table=1,tcp,nw_dst=10.96.0.10"), Does.Not.Contain("n_packets=0"));
        });
        TestContext.Out.WriteLine(report.Split('\n').LastOrDefault(line => line.Contains("receiver", StringComparison.Ordinal)));
    }

    private static void Plug(TemporaryNamespace node, TemporaryNamespace pod, string device, string address)
    {
        node.ConnectTo(pod, device, "eth0");
        pod.Run($"addr add {address} dev eth0");
    }

    private static string Mac(TemporaryNamespace pod, string device)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", $"-n {pod.Name} -o link show {device}") { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] words = line.Split(' ');
        return words[Array.IndexOf(words, "link/ether") + 1];
    }

    private static Process Start(TemporaryNamespace pod, string command, params string[] arguments)
    {
        if (!File.Exists($"/usr/bin/{command}") && !File.Exists($"/bin/{command}"))
        {
            Assert.Ignore($"{command} is not installed");
        }

        return Process.Start(new ProcessStartInfo("ip", ["netns", "exec", pod.Name, command, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task<string> In(TemporaryNamespace pod, string command, params string[] arguments)
    {
        using var process = Start(pod, command, arguments);
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{command} {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    /// <summary>The server may need a moment until it listens.</summary>
    private static async Task<string> UntilHeard(Func<Task<string>> attempt)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await attempt();
            }
            catch (AssertionException) when (i < 20)
            {
                await Task.Delay(100);
            }
        }
    }
}
