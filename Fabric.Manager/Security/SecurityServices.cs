using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Security;

/// <summary>Who may call, what each may do, and how much of it.</summary>
internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<Lockout>();
        services.AddSingleton<LocalAccounts>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<PrincipalIdentities>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<ClientLimits>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalAccounts>());
        return services;
    }

    /// <summary>In this order: a limit is counted by user, and nobody learns from it what they are not allowed.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<ClientLimits>();
        app.UseMiddleware<Permissions>();
    }
}
