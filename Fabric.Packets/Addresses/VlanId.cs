using System.Globalization;

namespace Fabric.Packets.Addresses;

/// <summary>A 12-bit VLAN id (IEEE 802.1Q). 0 is a priority tag, 4095 is reserved.</summary>
public readonly record struct VlanId(ushort Value)
{
    /// <summary>The hypervisor's own: HyperBus (reference: nsx-dataplane.md, 2.2).</summary>
    public static VlanId HyperBus => new(4094);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
