using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fabric.Manager;

/// <summary>Every part of the manager, in the order it is built.</summary>
public static class ManagerServices
{
    public static WebApplicationBuilder AddManager(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ManagerOptions>().BindConfiguration("Manager").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System); // a lab brings its own clock
        builder.Services.TryAddSingleton(_ => new IdSource());
        builder.Services.AddSingleton<ResourceFile>();
        builder.Services.AddSingleton<ResourceStore>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ResourceStore>());
        builder.Services.AddPublishing();
        return builder;
    }
}
