using Fabric.Packets.Addresses;

namespace Fabric.Lab.Simulation;

/// <summary>Who a simulated pod is: what a real pod would have on its interface, and its routers.</summary>
internal sealed record SimulatedPodSettings(
    string Name,
    MacAddress Mac,
    IReadOnlyList<IpPrefix> Addresses,
    IReadOnlyList<IpAddress> Gateways)
{
    public bool Owns(IpAddress address) => Addresses.Any(own => own.Address == address);

    /// <summary>The pod's own address of the family that a destination wants.</summary>
    public IpAddress? SourceFor(IpAddress destination)
        => Addresses.Where(own => own.Address.IsIpv4 == destination.IsIpv4).Select(own => (IpAddress?)own.Address).FirstOrDefault();

    /// <summary>The neighbor to hand a packet to: the destination itself on the pod's subnet, else the router of that family.</summary>
    public IpAddress? NextHopFor(IpAddress destination)
        => Addresses.Any(own => own.Contains(destination))
            ? destination
            : Gateways.Where(gateway => gateway.IsIpv4 == destination.IsIpv4).Select(gateway => (IpAddress?)gateway).FirstOrDefault();
}
