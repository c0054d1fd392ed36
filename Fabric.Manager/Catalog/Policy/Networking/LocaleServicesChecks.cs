using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of locale services: preferred edges, and what a tier-1 cannot have.</summary>
internal static class LocaleServicesChecks
{
    public static Checked<LocaleServices> OfTier0(WriteScope scope, LocaleServices? before, LocaleServices services)
    {
        if (services.HaVipConfigs is { Count: > 0 } && scope.Model.Find<Tier0>(services.ParentPath)?.HaMode == "ACTIVE_ACTIVE")
        {
            return NetworkErrors.Gateway($"ha_vip_configs of {services.Path} need a gateway in ACTIVE_STANDBY.");
        }

        return CheckEdges(services) is { } error ? error : services;
    }

    public static Checked<LocaleServices> OfTier1(WriteScope scope, LocaleServices? before, LocaleServices services)
        => services.RouteRedistributionConfig is not null || services.HaVipConfigs is { Count: > 0 }
            ? NetworkErrors.Gateway($"{services.Path} belongs to a tier-1, which has no route redistribution and no HA VIP.")
            : CheckEdges(services) is { } error ? error : services;

    private static ApiError? CheckEdges(LocaleServices services)
        => services.PreferredEdgePaths?.FirstOrDefault(edge => services.EdgeClusterPath is not { } cluster || !edge.StartsWith(cluster + "/", StringComparison.Ordinal)) is { } stray
            ? ApiErrors.Field($"preferred_edge_paths {stray} is no member of edge_cluster_path {services.EdgeClusterPath}")
            : null;
}
