using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The IPv6 profiles of a gateway: one of each kind, the default one where none is named.</summary>
internal static class Ipv6ProfilePaths
{
    public static IReadOnlyList<string>? Complete(FabricModel model, IReadOnlyList<string>? paths)
    {
        var all = (paths ?? []).ToList();
        foreach (string kind in new[] { "ipv6-ndra-profiles", "ipv6-dad-profiles" })
        {
            string standard = $"/infra/{kind}/default";
            if (!all.Any(path => path.Contains($"/{kind}/", StringComparison.Ordinal)) && PolicyTree.Find(standard) is { } place && model.Find(place.Key) is not null)
            {
                all.Add(standard);
            }
        }

        return all.Count == 0 ? null : all;
    }
}
