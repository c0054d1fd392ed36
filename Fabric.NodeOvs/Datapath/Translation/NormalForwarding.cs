using Fabric.NodeOvs.Bridges;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>Where a learning switch with VLANs sends a frame (IEEE 802.1Q, section 8).</summary>
internal static class NormalForwarding
{
    /// <summary>Multicast and broadcast.</summary>
    public static bool IsGroup(ulong mac) => (mac & 0x0100_0000_0000) != 0;

    /// <summary>Addresses that bridges do not forward (IEEE 802.1Q, table 8-1).</summary>
    public static bool IsForBridges(ulong mac) => (mac & 0xFFFF_FFFF_FFF0) == 0x0180_C200_0000;

    /// <summary>The port where the address was seen, or every other port of the VLAN.</summary>
    public static IReadOnlyList<BridgePort> Targets(Bridge bridge, BridgePort from, ulong destination, ushort vlan)
    {
        if (IsGroup(destination) || bridge.Macs.Find(destination, vlan) is not { } known)
        {
            return [.. bridge.Ports.Values.Where(port => port.Number != from.Number && port.Carries(vlan)).OrderBy(port => port.Number)];
        }

        return known != from.Number && bridge.Ports.TryGetValue(known, out var to) && to.Carries(vlan) ? [to] : [];
    }
}
