using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Publishing;

/// <summary>Intent out, realization in: the parts of the manager that controllers meet.</summary>
internal static class PublishingServices
{
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<RuntimeState>();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        return services;
    }

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ConfigFeedService>();
        return app;
    }
}
