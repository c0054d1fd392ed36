using System.Collections.Concurrent;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;

namespace Fabric.Lab.Simulation;

/// <summary>The wires of one simulated hypervisor: a vnic's two ends by device name, and a seat on the underlay in memory.</summary>
internal sealed class SimulatedWires(MemoryUnderlay underlay) : ILinkSource
{
    private readonly ConcurrentDictionary<string, MemoryLink> _vnics = new();

    /// <summary>Strings a new vnic and gives back the node's end; the host switch opens the other by the device's name.</summary>
    public ILink AddVnic(string device)
    {
        var (host, node) = MemoryLink.CreatePair(device);
        return _vnics.TryAdd(device, host) ? node : throw new InvalidOperationException($"there is a vnic {device} already");
    }

    /// <summary>A wire in memory outlives its closing, so a host switch that restarts finds it again.</summary>
    public ILink? OpenVnic(string device) => _vnics.GetValueOrDefault(device);

    public ITunnelSocket? OpenTunnel(string uplink, IpPrefix local) => underlay.Open(local.Address);
}
