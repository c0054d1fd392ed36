using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fabric.Manager.Realization;

/// <summary>From what users intend to the Manager objects that controllers hear of.</summary>
internal static class RealizationServices
{
    public static IServiceCollection AddRealization(this IServiceCollection services)
    {
        services.TryAddSingleton<IRealizationFaults, NoRealizationFaults>();
        services.AddSingleton<RealizationBook>();
        services.AddSingleton<RealizationLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<RealizationLoop>());
        return services;
    }
}
