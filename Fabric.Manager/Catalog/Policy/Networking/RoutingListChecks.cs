using System.Globalization;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of prefix lists and community lists.</summary>
internal static class RoutingListChecks
{
    /// <summary>Communities that have a name (RFC 1997, RFC 7999).</summary>
    private static readonly string[] WellKnown = ["NO_EXPORT", "NO_ADVERTISE", "NO_EXPORT_SUBCONFED"];

    public static Checked<PrefixList> Complete(WriteScope scope, PrefixList? before, PrefixList list)
    {
        foreach (var (entry, at) in list.Prefixes.Select((entry, at) => (entry, at)))
        {
            if (string.IsNullOrEmpty(entry.Network) || string.Equals(entry.Network, "ANY", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!IpPrefix.TryParse(entry.Network, out var prefix) || prefix.Address != prefix.Network)
            {
                return ApiErrors.Field($"prefixes[{at}].network {entry.Network} must be a network such as 10.0.0.0/24, or ANY");
            }

            if (entry.Ge < prefix.Length || entry.Le < prefix.Length || entry.Le < entry.Ge || entry.Ge > prefix.MaxLength || entry.Le > prefix.MaxLength)
            {
                return ApiErrors.Field($"prefixes[{at}] needs {prefix.Length} <= ge <= le <= {prefix.MaxLength}");
            }
        }

        return list;
    }

    public static Checked<CommunityList> Complete(WriteScope scope, CommunityList? before, CommunityList list)
        => list.Communities.FirstOrDefault(community => !IsCommunity(community)) is { } wrong
            ? ApiErrors.Field($"communities '{wrong}' is none such as 65000:100, 65000:1:2 or NO_EXPORT")
            : list;

    private static bool IsCommunity(string text)
    {
        if (WellKnown.Contains(text))
        {
            return true;
        }

        string[] parts = text.Split(':');
        return parts.Length switch
        {
            2 => parts.All(part => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
            3 => parts.All(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)), // a large community (RFC 8092)
            _ => false,
        };
    }
}
