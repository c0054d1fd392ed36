using System.Collections.Concurrent;
using System.Globalization;
using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Security;

/// <summary>
/// How much one client may ask: a bucket of tokens that fills by the second (429 when it is empty), and a number of requests under way (503).
/// Limits of 0, as the settings have them, let everything pass; the fabric's own paths are outside, so that limits can always be lifted.
/// </summary>
internal sealed class ClientLimits(ResourceStore store, IOptions<ManagerOptions> options, TimeProvider time) : IMiddleware
{
    private readonly ConcurrentDictionary<string, Client> _clients = new();
    private int _underWay;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.HasCaller() || context.Request.Path.StartsWithSegments("/fabric/v1", StringComparison.OrdinalIgnoreCase))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var limits = Of(store.Current, options.Value);
        if (limits is { ClientApiRateLimit: 0, ClientApiConcurrencyLimit: 0, GlobalApiConcurrencyLimit: 0 })
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        string name = context.User();
        var client = _clients.GetOrAdd(name, _ => new Client());
        if (limits.ClientApiRateLimit > 0 && !client.Take(time, limits.ClientApiRateLimit))
        {
            await RefuseAsync(context, ApiErrors.RateExceeded(name, limits.ClientApiRateLimit)).ConfigureAwait(false);
            return;
        }

        int all = Interlocked.Increment(ref _underWay);
        int own = Interlocked.Increment(ref client.UnderWay);
        try
        {
            if ((limits.ClientApiConcurrencyLimit > 0 && own > limits.ClientApiConcurrencyLimit) || (limits.GlobalApiConcurrencyLimit > 0 && all > limits.GlobalApiConcurrencyLimit))
            {
                await RefuseAsync(context, ApiErrors.TooManyAtOnce(name)).ConfigureAwait(false);
                return;
            }

            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref client.UnderWay);
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>As it was set through the API, else as the settings say.</summary>
    public static ApiServiceConfig Of(FabricModel model, ManagerOptions options)
        => model.Find<ApiServiceConfig>(ApiServiceConfig.TheId) ?? new ApiServiceConfig
        {
            Id = ApiServiceConfig.TheId,
            ClientApiRateLimit = options.RateLimit,
            ClientApiConcurrencyLimit = options.ClientConcurrency,
            GlobalApiConcurrencyLimit = options.GlobalConcurrency,
        };

    /// <summary>How long a session may rest.</summary>
    public static TimeSpan SessionIdle(FabricModel model, ManagerOptions options)
        => Of(model, options).SessionTimeout is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;

    private static Task RefuseAsync(HttpContext context, ApiError error)
    {
        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return Answers.Error(error).ExecuteAsync(context);
    }

    /// <summary>What one client has left and has under way.</summary>
    private sealed class Client
    {
        public int UnderWay;

        private readonly Lock _turn = new();
        private double _tokens = double.MaxValue;
        private long _filled;

        public bool Take(TimeProvider time, long perSecond)
        {
            lock (_turn)
            {
                long now = time.GetTimestamp();
                _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
                _filled = now;
                if (_tokens < 1)
                {
                    return false;
                }

                _tokens--;
                return true;
            }
        }
    }
}
