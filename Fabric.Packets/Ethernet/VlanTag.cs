using System.Globalization;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ethernet;

/// <summary>A tag's control word: priority, drop eligibility, VLAN id (IEEE 802.1Q, section 9.6).</summary>
public readonly record struct VlanTag(ushort Control)
{
    public VlanTag(VlanId id, int priority = 0, bool isDropEligible = false)
        : this((ushort)((priority << 13) | (isDropEligible ? 0x1000 : 0) | (id.Value & 0xFFF)))
    {
    }

    public VlanId Id => new((ushort)(Control & 0xFFF));

    public int Priority => Control >> 13;

    public bool IsDropEligible => (Control & 0x1000) != 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} priority {Priority}");
}
