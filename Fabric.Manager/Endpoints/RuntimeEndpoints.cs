using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>What the fabric is, as hosts and controllers report it; never what was asked of it.</summary>
internal static class RuntimeEndpoints
{
    public static void MapRuntime(this IEndpointRouteBuilder api)
    {
        api.MapRuntimePorts();
        api.MapRuntimeSwitches();
        api.MapRuntimeNodes();
        api.MapRuntimeRouters();
        api.MapRuntimeFirewall();
        api.MapRuntimeInventory();
    }
}
