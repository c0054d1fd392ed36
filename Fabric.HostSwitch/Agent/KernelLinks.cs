using Fabric.Packets.Addresses;
using Fabric.Packets.Links;
using Fabric.Packets.Tunnels;
using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch.Agent;

/// <summary>Links from the kernel of this network namespace: a packet socket for each vnic, UDP sockets for each tunnel endpoint.</summary>
internal sealed class KernelLinks(UplinkAddresses addresses, ILogger<KernelLinks> logger) : ILinkSource
{
    private readonly HashSet<string> _failing = []; // said once, not every second

    public ILink? OpenVnic(string device) => Open(device, () => PacketSocketLink.Open(device));

    public ITunnelSocket? OpenTunnel(string uplink, IpPrefix local)
        => addresses.Ensure(uplink, local)
            ? Open(local.ToString(), () => UdpTunnelSocket.Open(local.Address, [GeneveView.UdpPort, VxlanView.UdpPort]))
            : null;

    private T? Open<T>(string name, Func<T> open)
        where T : class
    {
        try
        {
            var link = open();
            _failing.Remove(name);
            return link;
        }
        catch (LinkException failure)
        {
            if (_failing.Add(name))
            {
                logger.DeviceNotOpened(name, failure.Message);
            }

            return null;
        }
    }
}
