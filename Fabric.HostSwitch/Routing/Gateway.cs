using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Routing;

/// <summary>Finds the distributed routers of a logical switch.</summary>
internal static class Gateway
{
    /// <summary>The interface on this switch that has the address, if one does.</summary>
    public static RouterInterface? OwnerOf(Segment segment, IpAddress address)
    {
        foreach (var gateway in segment.Gateways)
        {
            if (gateway.Owns(address))
            {
                return gateway;
            }
        }

        return null;
    }

    /// <summary>
    /// The interface that a frame to a router's MAC is for. All have the VDR MAC, so with several routers on one switch the sender's
    /// subnet decides.
    /// </summary>
    public static RouterInterface? For(Segment segment, IpAddress source)
    {
        foreach (var gateway in segment.Gateways)
        {
            foreach (var address in gateway.Addresses)
            {
                if (address.Contains(source))
                {
                    return gateway;
                }
            }
        }

        return segment.Gateways.Length > 0 ? segment.Gateways[0] : null;
    }
}
