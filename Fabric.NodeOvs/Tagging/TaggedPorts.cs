using System.Globalization;
using Fabric.Packets.Addresses;

namespace Fabric.NodeOvs.Tagging;

/// <summary>The list of pods' devices and VLANs as settings write it: pod11=11,pod12=12.</summary>
internal static class TaggedPorts
{
    /// <summary>False for an entry that is none, a VLAN out of range or one that two devices have.</summary>
    public static bool TryParse(string text, out IReadOnlyList<(string Device, VlanId Vlan)> ports)
    {
        var read = new List<(string, VlanId)>();
        var vlans = new HashSet<ushort>();
        ports = read;
        foreach (string entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = entry.Split('=');
            if (parts is not [{ Length: > 0 } device, var number]
                || !ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort vlan)
                || vlan is 0 or >= 4095
                || !vlans.Add(vlan))
            {
                return false;
            }

            read.Add((device, new VlanId(vlan)));
        }

        return read.Count > 0;
    }
}
