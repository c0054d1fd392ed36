using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Security;

/// <summary>Whether the caller's roles allow the operation: the feature of the path, the roles that hold there, and what the method needs.</summary>
internal sealed class Permissions : IMiddleware
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
        => !context.HasCaller() || Allows(context.Caller(), context.Request.Method, context.Request.Path, context.Query("action"))
            ? next(context)
            : Answers.Error(ApiErrors.NotAllowed()).ExecuteAsync(context);

    /// <summary>Also for an object inside a hierarchical body, by the path that a request for it alone would have.</summary>
    public static bool Allows(Caller caller, string method, string path, string? action = null)
    {
        var needed = Needed(method, action);
        return FeatureTable.Of(path) is { } feature
            ? feature.Area == Area.Everyone || May(caller, path, feature.Area) >= needed
            : Enum.GetValues<Area>().Any(area => area != Area.Everyone && May(caller, path, area) >= needed); // the objects inside are checked one by one
    }

    private static Permission May(Caller caller, string path, Area area)
    {
        var may = RoleTable.Of(caller.Roles, area);
        foreach (var (root, roles) in caller.RolesForPaths)
        {
            if (Covers(root, path))
            {
                var below = RoleTable.Of(roles, area);
                may = below > may ? below : may;
            }
        }

        return may;
    }

    private static bool Covers(string root, string path)
    {
        string policyPath = path.StartsWith("/policy/api/v1", StringComparison.OrdinalIgnoreCase) ? path["/policy/api/v1".Length..] : path;
        return root == "/" || policyPath.Equals(root, StringComparison.Ordinal) || policyPath.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    private static Permission Needed(string method, string? action)
        => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || action is "validate" ? Permission.Read : Permission.Crud;
}
