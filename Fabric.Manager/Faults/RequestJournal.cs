using System.Globalization;
using Fabric.Manager.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Faults;

/// <summary>A request that was answered, as far as a test asks about it; never with a body or a header.</summary>
internal sealed record RequestEntry(
    long Id, DateTimeOffset Time, string? User, string Address, string Method, string Path, string Query, int Status, double DurationMs, long? RequestBytes, long? ResponseBytes);

/// <summary>The last requests, in memory: who asked what, what the answer was and how long it took. The fabric's own paths are not among them.</summary>
internal sealed class RequestJournal(TimeProvider time) : IMiddleware
{
    public const string IdHeader = "X-NSX-REQUESTID";
    private const int Kept = 10_000;

    private readonly Lock _turn = new();
    private readonly Queue<RequestEntry> _entries = new();
    private long _last;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/fabric", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/fabric.v1.ConfigFeed", StringComparison.Ordinal))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        long id = Interlocked.Increment(ref _last);
        context.Response.Headers[IdHeader] = id.ToString(CultureInfo.InvariantCulture);
        long start = time.GetTimestamp();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            var entry = new RequestEntry(
                id, time.GetUtcNow(), context.HasCaller() ? context.User() : null, $"{context.Connection.RemoteIpAddress}", request.Method, request.Path, request.QueryString.Value ?? "",
                context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode, time.GetElapsedTime(start).TotalMilliseconds, request.ContentLength, context.Response.ContentLength);
            lock (_turn)
            {
                _entries.Enqueue(entry);
                if (_entries.Count > Kept)
                {
                    _entries.Dequeue();
                }
            }
        }
    }

    /// <summary>All that are kept, oldest first.</summary>
    public IReadOnlyList<RequestEntry> All()
    {
        lock (_turn)
        {
            return [.. _entries];
        }
    }

    public void Clear()
    {
        lock (_turn)
        {
            _entries.Clear();
        }
    }
}
