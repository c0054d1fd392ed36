using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Routing;

/// <summary>
/// MACs of distributed routers. Beside the VDR MAC, which every host has, each host has one of its own for ARP and ND that its
/// routers send, so that answers find the way back to it (reference: nsx-dataplane.md, 5.2).
/// </summary>
internal static class RouterMacs
{
    private const ulong HostPrefix = 0x0250_5600_0000;

    public static MacAddress OfHost(uint nodeIndex) => new(HostPrefix | (nodeIndex & 0xFFFF));

    /// <summary>The own MAC of any host's routers. A VM that took it for its gateway's means its own host's router.</summary>
    public static bool IsOfAHost(MacAddress mac) => mac.Value >> 16 == HostPrefix >> 16;
}
