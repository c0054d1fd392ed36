namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>What we did not write acts as a tunnel endpoint of the fabric and talks with pods on both hosts.</summary>
[NonParallelizable]
internal sealed class InteroperabilityTests
{
    private const string Own = "10.10.1.200";

    [Test]
    public async Task A_Linux_vxlan_device_is_a_tunnel_endpoint_of_the_fabric()
    {
        Requires.Root();
        Requires.Tools("ip", "bridge", "ethtool", "iperf3");
        await using var lab = await RunningLab.StartAsync(LabFiles.WithExternalEndpoint("vxlan"));
        var endpoint = await ExternalEndpoint.PlugAsync(lab, withAddress: true);
        await endpoint.IpAsync(
            $"link add vx0 type vxlan id {LabFiles.Vni} dstport 4789 local {LabFiles.External} dev {ExternalEndpoint.Device}",
            $"address add {Own}/24 dev vx0",
            "link set vx0 mtu 1500 up");
        foreach (string hypervisor in (string[])["192.168.250.11", "192.168.250.12"])
        {
            (await endpoint.RunAsync("bridge", "fdb", "append", "00:00:00:00:00:00", "dev", "vx0", "dst", hypervisor)).MustSucceed();
        }

        await endpoint.MustExchangeAllWithAsync(lab, "web-1", "10.10.1.11", Own);
        await endpoint.MustExchangeAllWithAsync(lab, "web-2", "10.10.1.12", Own);
    }

    [Test]
    public async Task An_Open_vSwitch_with_a_Geneve_port_is_a_tunnel_endpoint_of_the_fabric()
    {
        Requires.Root();
        Requires.Tools("ip", "ethtool", "iperf3", "ovs-vswitchd", "ovsdb-server", "ovsdb-tool", "ovs-vsctl", "ovs-ofctl");
        await using var lab = await RunningLab.StartAsync(LabFiles.WithExternalEndpoint("geneve"));
        var endpoint = await ExternalEndpoint.PlugAsync(lab, withAddress: false);
        await using var ovs = await OpenVSwitch.StartAsync(endpoint);

        // Userspace tunnels leave through a bridge that holds the endpoint's address.
        await ovs.ConfigureAsync("add-br", "br-phy", "--", "set", "bridge", "br-phy", "datapath_type=netdev");
        await ovs.ConfigureAsync("add-port", "br-phy", ExternalEndpoint.Device);
        await endpoint.IpAsync($"address add {LabFiles.External}/24 dev br-phy", "link set br-phy mtu 1700 up");

        await ovs.ConfigureAsync("add-br", "br-int", "--", "set", "bridge", "br-int", "datapath_type=netdev");
        await ovs.ConfigureAsync("add-port", "br-int", "pod0", "--", "set", "interface", "pod0", "type=internal", "ofport_request=1");
        await ovs.ConfigureAsync(Tunnel("gnv1", "192.168.250.11", 2));
        await ovs.ConfigureAsync(Tunnel("gnv2", "192.168.250.12", 3));
        await ovs.FlowAsync("br-int", "priority=10,in_port=1,actions=output:2,output:3", "priority=10,in_port=2,actions=output:1", "priority=10,in_port=3,actions=output:1");
        await endpoint.IpAsync($"address add {Own}/24 dev pod0", "link set pod0 mtu 1450 up");

        await endpoint.MustExchangeAllWithAsync(lab, "web-1", "10.10.1.11", Own);
        await endpoint.MustExchangeAllWithAsync(lab, "web-2", "10.10.1.12", Own);
    }

    private static string[] Tunnel(string name, string remote, int port) =>
    [
        "add-port", "br-int", name, "--", "set", "interface", name, "type=geneve", $"options:remote_ip={remote}", $"options:key={LabFiles.Vni}", $"ofport_request={port}",
    ];
}
