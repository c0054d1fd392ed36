using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>What a request is told that nothing here answers: that this manager does not serve the operation, or that there is none.</summary>
internal static class Unserved
{
    private static readonly string[] AlsoAsText = ["/mac-table", "/vtep-table"];

    /// <summary>501 if NSX-T has the operation, else 404.</summary>
    public static ApiError NotServed(this HttpContext context)
        => Known(context) is { } operation ? Of(operation, context) : ApiErrors.NoSuchPath(context.Request.Method, context.Request.Path);

    /// <summary>501 if NSX-T has the operation, else 405.</summary>
    public static ApiError MethodNotServed(this HttpContext context)
        => Known(context) is { } operation ? Of(operation, context) : ApiErrors.MethodNotAllowed(context.Request.Method, context.Request.Path);

    /// <summary>501 if NSX-T has the action, else 400.</summary>
    public static ApiError UnknownAction(this HttpContext context)
        => Known(context) is { Query: [("action", _), ..] } operation
            ? Of(operation, context)
            : ApiErrors.BadQuery("action", $"'{context.Query("action")}' is not an action of {context.Request.Path}");

    /// <summary>An answer in another form than JSON, which only the tables of ports and switches have.</summary>
    public static ApiError? OtherForm(this HttpContext context)
        => context.Query("format") is not null && !AlsoAsText.Any(table => context.Request.Path.Value!.EndsWith(table, StringComparison.Ordinal)) && Known(context) is { Query: [("format", _), ..] } operation ? Of(operation, context) : null;

    private static KnownOperation? Known(HttpContext context) => KnownOperations.Find(context.Request.Method, context.Request.Path, context.Request.Query);

    private static ApiError Of(KnownOperation operation, HttpContext context) => ApiErrors.NotServed(context.Request.Method, operation.Text);
}
