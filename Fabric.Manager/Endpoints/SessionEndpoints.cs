using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Endpoints;

/// <summary>Logging in and out: a cookie, and a token that later requests carry in a header.</summary>
internal static class SessionEndpoints
{
    private const long LargestForm = 64 * 1024;

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapPost(Authentication.CreatePath, CreateAsync);
        app.MapMethods("/api/session/destroy", ["GET", "POST"], Destroy);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ResourceStore store, LocalAccounts accounts, SessionTable sessions, PrincipalIdentities identities, IOptions<ManagerOptions> options)
    {
        if (context.Request.ContentLength > LargestForm)
        {
            return Answers.Error(ApiErrors.TooLarge(LargestForm));
        }

        using var reader = new StreamReader(context.Request.Body);
        string form = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var idle = ClientLimits.SessionIdle(store.Current, options.Value);
        Session session;
        if (context.Connection.ClientCertificate is { } certificate && !form.Contains("j_password", StringComparison.Ordinal))
        {
            if (identities.Find(store.Current, certificate) is not { } identity)
            {
                return Answers.Error(ApiErrors.CertificateNotTrusted());
            }

            session = sessions.Create(identity.Name, identity.Identity, idle);
        }
        else if (await UserAsync(form, accounts, context.RequestAborted).ConfigureAwait(false) is { } user)
        {
            session = sessions.Create(user, null, idle);
        }
        else
        {
            return Answers.Error(ApiErrors.BadCredentials(403));
        }

        // Clients cut out "JSESSIONID=...;", so the value must be first and a semicolon must follow.
        context.Response.Headers.SetCookie = $"{Authentication.Cookie}={session.Id}; Path=/; Secure; HttpOnly; SameSite=Lax";
        context.Response.Headers[Authentication.TokenHeader] = session.Token;
        return Answers.Empty();
    }

    /// <summary>Some clients encode the form as they should, some put the password in as it is. Whoever it is counts one attempt, not two.</summary>
    private static async Task<string?> UserAsync(string form, LocalAccounts accounts, CancellationToken cancellation)
    {
        var decoded = QueryHelpers.ParseQuery(form);
        string user = $"{decoded.GetValueOrDefault("j_username")}";
        string password = $"{decoded.GetValueOrDefault("j_password")}";
        const string Between = "&j_password=";
        int at = form.IndexOf(Between, StringComparison.Ordinal);
        string? plain = at > 0 && form.StartsWith("j_username=", StringComparison.Ordinal) ? form[(at + Between.Length)..] : null;
        return await accounts.IsAsync(user, plain is null || plain == password ? [password] : [password, plain], cancellation).ConfigureAwait(false) ? user : null;
    }

    private static JsonAnswer Destroy(HttpContext context, SessionTable sessions)
    {
        if (context.Request.Cookies.TryGetValue(Authentication.Cookie, out string? id))
        {
            sessions.End(id);
        }

        context.Response.Headers.SetCookie = $"{Authentication.Cookie}=; Path=/; Max-Age=0; Secure; HttpOnly";
        return Answers.Empty();
    }
}
