using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>Everything about who may use the manager.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        var manager = app.MapGroup("/api/v1");
        manager.MapUsers();
        manager.MapRoles();
        manager.MapTrust();
        manager.MapAccessPolicies();
        app.MapGroup("/policy/api/v1").MapRoles();
    }
}
