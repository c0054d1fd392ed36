using System.Net.Http.Headers;
using System.Text;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Security;

/// <summary>
/// Who may pass. On the feed's listener: gRPC alone. On the API's: a session with its XSRF token, else basic authentication (the scheme word
/// may be Remote, as for users of an identity provider). A cookie that is present decides alone, so that clients notice when it has expired.
/// </summary>
internal sealed class Authentication(AdminAccount account, SessionTable sessions) : IMiddleware
{
    public const string Cookie = "JSESSIONID";
    public const string TokenHeader = "X-XSRF-TOKEN";
    public const string CreatePath = "/api/session/create";

    /// <summary>Marks the connections of the listener for controllers.</summary>
    public const string FeedMark = "fabric-feed";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool isGrpc = context.Request.Path.StartsWithSegments("/fabric.v1.ConfigFeed", StringComparison.Ordinal);
        bool isFeed = context.Features.Get<IConnectionItemsFeature>() is { } connection // only a server without listeners has none
            ? connection.Items.ContainsKey(FeedMark)
            : isGrpc;
        if (isFeed || isGrpc)
        {
            if (isFeed && isGrpc)
            {
                await next(context).ConfigureAwait(false);
                return;
            }

            await Refuse(context, ApiErrors.NoSuchPath(context.Request.Method, context.Request.Path)).ConfigureAwait(false);
            return;
        }

        var (user, error) = context.Request.Path.Equals(CreatePath, StringComparison.OrdinalIgnoreCase)
            ? (AdminAccount.Name, null)
            : await WhoAsync(context).ConfigureAwait(false);
        if (user is null)
        {
            if (error!.Status == 401)
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"NSX\"";
            }

            await Refuse(context, error).ConfigureAwait(false);
            return;
        }

        context.SetCaller(Caller.Admin with { Name = user });
        await next(context).ConfigureAwait(false);
    }

    private static Task Refuse(HttpContext context, ApiError error) => Answers.Error(error).ExecuteAsync(context);

    private async Task<(string? User, ApiError? Error)> WhoAsync(HttpContext context)
    {
        if (context.Request.Cookies.TryGetValue(Cookie, out string? id) && id.Length > 0)
        {
            return sessions.Find(id, context.Request.Headers[TokenHeader]) is { } session ? (session.User, null) : (null, ApiErrors.BadSession());
        }

        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || header.Scheme is not ("Basic" or "Remote") || header.Parameter is null)
        {
            return (null, ApiErrors.BadCredentials(401));
        }

        byte[] buffer = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, buffer, out int length))
        {
            return (null, ApiErrors.BadCredentials(403));
        }

        string pair = Encoding.UTF8.GetString(buffer, 0, length);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && await account.IsAsync(pair[..colon], pair[(colon + 1)..], context.RequestAborted).ConfigureAwait(false)
            ? (pair[..colon], null)
            : (null, ApiErrors.BadCredentials(403));
    }
}
