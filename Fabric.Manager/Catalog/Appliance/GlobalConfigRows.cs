using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Appliance;

/// <summary>The rows of what is configured once. What hosts must know of it is written into the fabric's settings, which they are told.</summary>
internal static class GlobalConfigRows
{
    public static readonly IReadOnlyList<ResourceType> Singletons =
    [
        ResourceType.Of<SwitchingGlobalConfig>("/global-configs/SwitchingGlobalConfig", Complete),
        ResourceType.Of<RoutingGlobalConfig>("/global-configs/RoutingGlobalConfig", Complete),
        ResourceType.Of<FirewallGlobalConfig>("/global-configs/FirewallGlobalConfig"),
    ];

    /// <summary>What a new data file starts with.</summary>
    public static IEnumerable<ManagedResource> Defaults =>
    [
        new SwitchingGlobalConfig { DisplayName = nameof(SwitchingGlobalConfig) },
        new RoutingGlobalConfig { DisplayName = nameof(RoutingGlobalConfig) },
        new FirewallGlobalConfig { DisplayName = nameof(FirewallGlobalConfig) },
    ];

    private static Checked<SwitchingGlobalConfig> Complete(WriteScope scope, SwitchingGlobalConfig? before, SwitchingGlobalConfig config)
    {
        var settings = Settings(scope);
        var changed = settings with { ReplicateGlobally = config.GlobalReplicationModeEnabled, PhysicalUplinkMtu = config.PhysicalUplinkMtu };
        if (changed != settings)
        {
            scope.Put(changed);
        }

        return config;
    }

    private static Checked<RoutingGlobalConfig> Complete(WriteScope scope, RoutingGlobalConfig? before, RoutingGlobalConfig config)
    {
        var settings = Settings(scope);
        var changed = settings with { VdrMac = config.VdrMac, VdrMacNested = config.VdrMacNested };
        if (changed != settings)
        {
            scope.Put(changed);
        }

        return config;
    }

    private static FabricSettings Settings(WriteScope scope) => scope.Model.Find<FabricSettings>(FabricSettings.TheId) ?? new FabricSettings { Id = FabricSettings.TheId };
}
