namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>Where this manager's own fabric stands in the tree.</summary>
internal static class SitePaths
{
    public const string Site = "/infra/sites/default";

    public const string Point = Site + "/enforcement-points/default";

    public static string Zone(string id) => $"{Point}/transport-zones/{id}";

    public static string Host(string id) => $"{Point}/host-transport-nodes/{id}";

    public static string EdgeCluster(string id) => $"{Point}/edge-clusters/{id}";

    public static string HostSwitchProfile(string id) => $"/infra/host-switch-profiles/{id}";

    /// <summary>Whether a path leads below this fabric: only objects there are also in the Manager API.</summary>
    public static bool IsOfPoint(string path) => path.StartsWith(Point + "/", StringComparison.Ordinal);
}
