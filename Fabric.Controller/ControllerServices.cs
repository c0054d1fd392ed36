using System.Net;
using Fabric.Controller.Realization;
using Fabric.Controller.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fabric.Controller;

/// <summary>Every part of the controller, in the order it is built.</summary>
public static class ControllerServices
{
    private const string UnixScheme = "unix:";

    public static WebApplicationBuilder AddController(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ControllerOptions>().BindConfiguration(ControllerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System); // a lab brings its own clock
        services.AddSingleton<ReportBook>();
        services.AddSingleton<ControlPlane>();
        services.AddSingleton<ControlLoop>();
        services.AddSingleton<ManagerChannel>();
        services.AddHostedService(provider => provider.GetRequiredService<ControlLoop>());
        services.AddHostedService<ConfigFeedClient>();
        services.AddHostedService<RuntimeReporter>();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ControllerOptions>>(Listen);
        return builder;
    }

    public static WebApplication MapController(this WebApplication app)
    {
        app.MapGrpcService<HostControlService>();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, IOptions<ControllerOptions> options)
    {
        // A host whose machine died says nothing; these pings find out.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        string address = options.Value.Listen;
        if (address.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            string path = address[UnixScheme.Length..];
            File.Delete(path); // left by a process that was killed
            kestrel.ListenUnixSocket(path, listener => listener.Protocols = HttpProtocols.Http2);
            return;
        }

        var uri = new Uri(address);
        kestrel.Listen(
            IPAddress.TryParse(uri.Host, out var ip) ? ip : uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any,
            uri.Port,
            listener => listener.Protocols = HttpProtocols.Http2);
    }
}
