using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Publishing;

/// <summary>Intent out, realization in: the parts of the manager that controllers meet.</summary>
internal static class PublishingServices
{
    private const string UnixScheme = "unix:";

    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<RuntimeState>();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ManagerOptions>>(Listen);
        return services;
    }

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ConfigFeedService>();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, IOptions<ManagerOptions> options)
    {
        string address = options.Value.FeedListen;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        if (address.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            string path = address[UnixScheme.Length..];
            File.Delete(path); // left by a process that was killed
            kestrel.ListenUnixSocket(path, listener => listener.Protocols = HttpProtocols.Http2);
        }
        else if (address.Length > 0)
        {
            var uri = new Uri(address);
            kestrel.Listen(
                IPAddress.TryParse(uri.Host, out var ip) ? ip : uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any,
                uri.Port,
                listener => listener.Protocols = HttpProtocols.Http2);
        }
    }
}
