using System.Globalization;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>VLANs as segments write them: "100", or "100-199".</summary>
internal static class VlanRanges
{
    public static bool TryParse(string text, out int first, out int last)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        last = 0;
        return TryVlan(dash < 0 ? text : text[..dash], out first) && TryVlan(dash < 0 ? text : text[(dash + 1)..], out last) && first <= last;
    }

    private static bool TryVlan(string text, out int vlan) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out vlan) && vlan <= 4094;
}
