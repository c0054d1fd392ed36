using System.Globalization;

namespace Fabric.Packets.Addresses;

/// <summary>A 24-bit virtual network identifier (RFC 8926, section 3.3; RFC 7348, section 5).</summary>
public readonly record struct Vni(uint Value)
{
    public const uint Max = 0xFF_FFFF;

    /// <summary>VNI 0: tunnel management, such as BFD between TEPs.</summary>
    public bool IsManagement => Value == 0;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
