using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Publishing;

/// <summary>Intent out, realization in: the parts of the manager that controllers meet.</summary>
internal static class PublishingServices
{
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton(provider => new RuntimeState { HasFeed = provider.GetRequiredService<IOptions<ManagerOptions>>().Value.FeedListen.Length > 0 });
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        return services;
    }

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ConfigFeedService>();
        return app;
    }
}
