using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>What handlers ask of a request.</summary>
internal static class Requests
{
    private static readonly object CallerKey = new();

    public static Caller Caller(this HttpContext context) => (context.Items[CallerKey] as Caller ?? Security.Caller.Admin) with { Overwrites = context.AllowsOverwrite() };

    /// <summary>Only a request for a session, and controllers on their own listener, have none.</summary>
    public static bool HasCaller(this HttpContext context) => context.Items.ContainsKey(CallerKey);

    public static string User(this HttpContext context) => context.Caller().Name;

    /// <summary>The client insists on changing what somebody else protects.</summary>
    public static bool AllowsOverwrite(this HttpContext context)
        => string.Equals(context.Request.Headers["X-Allow-Overwrite"], "true", StringComparison.OrdinalIgnoreCase);

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[CallerKey] = caller;

    public static string? Query(this HttpContext context, string name)
        => context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[0] is { Length: > 0 } text ? text : null;

    public static bool Flag(this HttpContext context, string name) => string.Equals(context.Query(name), "true", StringComparison.OrdinalIgnoreCase);

    public static DeleteWishes DeleteWishes(this HttpContext context)
        => new(context.Flag("force"), context.Flag("detach"), context.Flag("cascade") || context.Flag("cascade_delete_linked_ports"), context.Flag("unbind"));

    public static (Place Place, ApiError? Error) Place(this HttpContext context)
    {
        string operation = context.Query("operation") ?? "insert_top";
        var place = new Place(operation, context.Query("id"));
        return !Catalog.Checks.Place.Operations.Contains(operation)
            ? (place, ApiErrors.BadQuery("operation", $"'{operation}' is not one of {string.Join(", ", Catalog.Checks.Place.Operations)}"))
            : place.IsRelative && place.Id is null ? (place, ApiErrors.BadQuery("id", $"it is needed for {operation}")) : (place, null);
    }
}
