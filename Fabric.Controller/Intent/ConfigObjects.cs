using Fabric.Contracts.V1;
using Kind = Fabric.Contracts.V1.ConfigObject.ObjectOneofCase;

namespace Fabric.Controller.Intent;

/// <summary>Names the kind of an object of the feed.</summary>
internal static class ConfigObjects
{
    public static ConfigKey KeyOf(this ConfigObject item) => new() { Kind = KindOf(item), Id = item.Id };

    /// <summary>Unspecified for an object of a kind that this controller does not know: a newer manager may send one.</summary>
    public static ConfigKind KindOf(this ConfigObject item) => item.ObjectCase switch
    {
        Kind.TransportZone => ConfigKind.TransportZone,
        Kind.TransportNode => ConfigKind.TransportNode,
        Kind.LogicalSwitch => ConfigKind.LogicalSwitch,
        Kind.LogicalPort => ConfigKind.LogicalPort,
        Kind.SwitchingProfile => ConfigKind.SwitchingProfile,
        Kind.LogicalRouter => ConfigKind.LogicalRouter,
        Kind.LogicalRouterPort => ConfigKind.LogicalRouterPort,
        Kind.Group => ConfigKind.Group,
        Kind.IpSet => ConfigKind.IpSet,
        Kind.Service => ConfigKind.Service,
        Kind.FirewallSection => ConfigKind.FirewallSection,
        Kind.MacSet => ConfigKind.MacSet,
        Kind.ExcludeList => ConfigKind.ExcludeList,
        Kind.FabricSettings => ConfigKind.FabricSettings,
        _ => ConfigKind.Unspecified,
    };
}
