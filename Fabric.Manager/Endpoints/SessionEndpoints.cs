using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

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

    private static async Task<IResult> CreateAsync(HttpContext context, AdminAccount account, SessionTable sessions)
    {
        if (context.Request.ContentLength > LargestForm)
        {
            return Answers.Error(ApiErrors.TooLarge(LargestForm));
        }

        using var reader = new StreamReader(context.Request.Body);
        string form = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        if (!await MatchesAsync(form, account, context.RequestAborted).ConfigureAwait(false))
        {
            return Answers.Error(ApiErrors.BadCredentials(403));
        }

        var session = sessions.Create(AdminAccount.Name);

        // Clients cut out "JSESSIONID=...;", so the value must be first and a semicolon must follow.
        context.Response.Headers.SetCookie = $"{Authentication.Cookie}={session.Id}; Path=/; Secure; HttpOnly; SameSite=Lax";
        context.Response.Headers[Authentication.TokenHeader] = session.Token;
        return Answers.Empty();
    }

    /// <summary>Some clients encode the form as they should, some put the password in as it is.</summary>
    private static async Task<bool> MatchesAsync(string form, AdminAccount account, CancellationToken cancellation)
    {
        var decoded = QueryHelpers.ParseQuery(form);
        if (await account.IsAsync($"{decoded.GetValueOrDefault("j_username")}", $"{decoded.GetValueOrDefault("j_password")}", cancellation).ConfigureAwait(false))
        {
            return true;
        }

        const string Between = "&j_password=";
        int at = form.IndexOf(Between, StringComparison.Ordinal);
        return at > 0 && form.StartsWith("j_username=", StringComparison.Ordinal)
            && await account.IsAsync(form["j_username=".Length..at], form[(at + Between.Length)..], cancellation).ConfigureAwait(false);
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
