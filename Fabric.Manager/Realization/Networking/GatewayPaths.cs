using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Tenancy;

namespace Fabric.Manager.Realization.Networking;

/// <summary>What the paths in networking objects lead to, as the realizers need it.</summary>
internal static class GatewayPaths
{
    private static readonly string[] Collections = ["tier-0s", "tier-1s", "vpcs"];

    /// <summary>The gateway at a path: a tier-0, a tier-1, or the gateway that a VPC brings with it; null: none, or not yet.</summary>
    public static PolicyResource? Gateway(this IntentReader reader, string? path)
        => CollectionOf(path) switch
        {
            "tier-0s" => reader.Find<Tier0>(path),
            "tier-1s" => reader.Find<Tier1>(path),
            "vpcs" => reader.Find<Vpc>(path),
            _ => null,
        };

    /// <summary>The path of the gateway that something below it belongs to; null: it stands below none.</summary>
    public static string? GatewayOf(string path)
    {
        string[] pieces = path.Split('/');
        for (int i = 1; i + 1 < pieces.Length; i++)
        {
            if (Collections.Contains(pieces[i]))
            {
                return string.Join('/', pieces[..(i + 2)]);
            }
        }

        return null;
    }

    /// <summary>The Manager object behind a path below an enforcement point, which is named by its id.</summary>
    public static string? ManagerId(string? path) => string.IsNullOrEmpty(path) ? null : path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The transport zone at the path; without one the default zone of the kind.</summary>
    public static TransportZone? Zone(this IntentReader reader, string? path, bool overlay)
        => path is not null
            ? reader.Find<TransportZone>(ManagerId(path))
            : reader.All<TransportZone>().Where(zone => zone.TransportType == (overlay ? "OVERLAY" : "VLAN")).OrderByDescending(zone => zone.IsDefault).FirstOrDefault();

    private static string? CollectionOf(string? path)
    {
        string[] pieces = path?.Split('/') ?? [];
        return pieces.Length >= 3 ? pieces[^2] : null;
    }
}
