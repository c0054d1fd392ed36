using Fabric.HostSwitch.Routing;

namespace Fabric.HostSwitch.Tables;

/// <summary>The distributed part of a logical router on this host.</summary>
internal sealed class LogicalRouter
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Filled by the builder, as the routes are.</summary>
    public RouterInterface[] Interfaces { get; set; } = [];

    public RouteTable Routes { get; set; } = RouteTable.Empty;
}
