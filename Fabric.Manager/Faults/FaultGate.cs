using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Security;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Faults;

/// <summary>Where ordered faults strike requests: after the client is known, before anything is done. The fabric's own paths are never struck.</summary>
internal sealed class FaultGate(FaultBook book, SessionTable sessions, TimeProvider time) : IMiddleware
{
    private const int DefaultPause = 100;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (book.IsEmpty || context.Request.Path.StartsWithSegments("/fabric", StringComparison.OrdinalIgnoreCase))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        bool isSearch = context.Request.Path.Value!.Contains("/api/v1/search", StringComparison.OrdinalIgnoreCase);
        var target = Target(context);
        var struck = book.Strike(target, FaultPlace.Request, FaultPlace.Connection, FaultPlace.Answer);
        if (struck is null && isSearch)
        {
            struck = book.Strike(target, FaultPlace.Search);
        }

        if (struck is not var (order, kind))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (order.DelayMs is { } delay && kind.Name != "slow-body")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), time, context.RequestAborted).ConfigureAwait(false);
        }

        await StrikeAsync(context, next, order, kind).ConfigureAwait(false);
    }

    private async Task StrikeAsync(HttpContext context, RequestDelegate next, FaultOrder order, FaultKind kind)
    {
        if (kind.Name == "session-expired" && context.Request.Cookies.TryGetValue(Authentication.Cookie, out string? session))
        {
            sessions.End(session);
        }

        if (kind.Error is { } error)
        {
            if (kind.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await Answers.Error(FaultBook.Coded(error(context.Request.Path), order)).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        switch (kind.Name)
        {
            case "connection-reset":
                context.Abort();
                return;
            case "answer-lost":
                context.Response.Body = Stream.Null;
                await next(context).ConfigureAwait(false);
                context.Abort();
                return;
            case "slow-body":
                context.Response.Body = new SlowStream(context.Response.Body, TimeSpan.FromMilliseconds(order.DelayMs ?? DefaultPause), time);
                break;
            case "search-lag":
                context.Items[SearchLag.Key] = TimeSpan.FromSeconds(order.Seconds ?? 10);
                break;
        }

        await next(context).ConfigureAwait(false);
    }

    private static FaultTarget Target(HttpContext context)
        => new(context.Request.Method, context.Request.Path, TypeOf(context.Request.Path), context.HasCaller() ? context.User() : null, context.Connection.RemoteIpAddress?.ToString());

    /// <summary>The wire's name for what the path leads to.</summary>
    private static string? TypeOf(string path)
    {
        const string PolicyPrefix = "/policy/api/v1";
        const string ManagerPrefix = "/api/v1";
        if (path.StartsWith(PolicyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return PolicyTree.Find(path[PolicyPrefix.Length..].TrimEnd('/'))?.Type is { } row ? WireNameAttribute.Of(row.Record) : null;
        }

        string rest = path.StartsWith(ManagerPrefix, StringComparison.OrdinalIgnoreCase) ? path[ManagerPrefix.Length..] : path;
        return ResourceCatalog.All.Where(type => rest == type.Path || rest.StartsWith(type.Path + "/", StringComparison.OrdinalIgnoreCase)).MaxBy(type => type.Path.Length)?.Kind;
    }
}
