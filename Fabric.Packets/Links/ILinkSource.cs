using Fabric.Packets.Addresses;

namespace Fabric.Packets.Links;

/// <summary>
/// Where a host switch's links come from: the kernel's interfaces, or wires in memory where there is no kernel to ask. A host
/// switch takes the one its services hold, and the kernel's if they hold none (TryAddSingleton), so that a lab brings its own.
/// </summary>
public interface ILinkSource
{
    /// <summary>Opens the link of a vnic by the name of its device; null while there is no such device.</summary>
    ILink? OpenVnic(string device);

    /// <summary>
    /// Opens the tunnel endpoint with this address on the uplink, which gets the address if it has not got it; null while the
    /// uplink is absent or down.
    /// </summary>
    ITunnelSocket? OpenTunnel(string uplink, IpPrefix local);
}
