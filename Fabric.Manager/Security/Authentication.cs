using System.Net.Http.Headers;
using System.Text;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Security;

/// <summary>
/// Who calls. On the feed's listener: gRPC alone. On the API's: a session with its XSRF token, else basic authentication (the scheme word
/// may be Remote, as for users of an identity provider), else the client certificate of a principal identity. A cookie that is present
/// decides alone, so that clients notice when it has expired.
/// </summary>
internal sealed class Authentication(ResourceStore store, LocalAccounts accounts, SessionTable sessions, PrincipalIdentities identities, IOptions<ManagerOptions> options) : IMiddleware
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

        if (!context.Request.Path.Equals(CreatePath, StringComparison.OrdinalIgnoreCase)) // that one asks for itself
        {
            var (caller, error) = await WhoAsync(context).ConfigureAwait(false);
            if (caller is null)
            {
                if (error!.Status == 401)
                {
                    context.Response.Headers.WWWAuthenticate = "Basic realm=\"NSX\"";
                }

                await Refuse(context, error).ConfigureAwait(false);
                return;
            }

            context.SetCaller(caller);
        }

        await next(context).ConfigureAwait(false);
    }

    private static Task Refuse(HttpContext context, ApiError error) => Answers.Error(error).ExecuteAsync(context);

    private async Task<(Caller? Caller, ApiError? Error)> WhoAsync(HttpContext context)
    {
        if (context.Request.Cookies.TryGetValue(Cookie, out string? id) && id.Length > 0)
        {
            var idle = ClientLimits.SessionIdle(store.Current, options.Value);
            return sessions.Find(id, context.Request.Headers[TokenHeader], idle) is { } session && CallerOf(session) is { } known ? (known, null) : (null, ApiErrors.BadSession());
        }

        string? authorization = context.Request.Headers.Authorization;
        if (string.IsNullOrEmpty(authorization))
        {
            return context.Connection.ClientCertificate is not { } certificate ? (null, ApiErrors.BadCredentials(401))
                : identities.Find(store.Current, certificate) is { } identity ? (identity, null) : (null, ApiErrors.CertificateNotTrusted());
        }

        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || header.Scheme is not ("Basic" or "Remote") || header.Parameter is null)
        {
            return (null, ApiErrors.BadCredentials(401)); // Bearer among them: no identity provider stands behind this manager
        }

        byte[] buffer = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, buffer, out int length))
        {
            return (null, ApiErrors.BadCredentials(403));
        }

        string pair = Encoding.UTF8.GetString(buffer, 0, length);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && await accounts.IsAsync(pair[..colon], pair[(colon + 1)..], context.RequestAborted).ConfigureAwait(false)
            && Callers.OfUser(store.Current, pair[..colon]) is { } caller
            ? (caller, null)
            : (null, ApiErrors.BadCredentials(403));
    }

    private Caller? CallerOf(Session session)
        => session.Identity is { } identity ? PrincipalIdentities.Find(store.Current, identity) : Callers.OfUser(store.Current, session.User);
}
