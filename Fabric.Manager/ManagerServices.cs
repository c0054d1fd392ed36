using Fabric.Manager.Endpoints;
using Fabric.Manager.Endpoints.Access;
using Fabric.Manager.Endpoints.Appliance;
using Fabric.Manager.Endpoints.Policy;
using Fabric.Manager.Faults;
using Fabric.Manager.Grouping;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;
using Fabric.Manager.Search;
using Fabric.Manager.Security;
using Fabric.Manager.Seeds;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fabric.Manager;

/// <summary>Every part of the manager, in the order it is built.</summary>
public static class ManagerServices
{
    public static WebApplicationBuilder AddManager(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ManagerOptions>().BindConfiguration("Manager").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ManagerOptions>, AddressValidation>();
        services.TryAddSingleton(TimeProvider.System); // a lab brings its own clock
        services.TryAddSingleton(_ => new IdSource());
        services.AddSingleton<IResourceDatabase>(provider => provider.GetRequiredService<IOptions<ManagerOptions>>() is { Value.Database.Length: > 0 } shared
            ? new PostgresDatabase(shared)
            : new SqliteDatabase(provider.GetRequiredService<IOptions<ManagerOptions>>()));
        services.AddSingleton<ResourceStore>();
        services.AddSingleton<ResourceWriter>();
        services.AddSingleton<PolicyWriter>();
        services.AddSingleton<ErrorAnswers>();
        services.AddFaults();
        services.AddHostedService(provider => provider.GetRequiredService<ResourceStore>()); // opens the file for the next two
        services.AddSecurity();
        services.AddHostedService<Seed>();
        services.AddHostedService<PolicySweep>();
        services.AddSingleton<Membership>();
        services.AddHostedService(provider => provider.GetRequiredService<Membership>());
        services.AddSingleton<SearchIndexes>();
        services.AddHostedService(provider => provider.GetRequiredService<SearchIndexes>());
        services.AddRealization(); // after the seed, which is intent too
        services.AddPublishing();
        services.AddSingleton<GroupMembership>();
        services.AddHostedService(provider => provider.GetRequiredService<GroupMembership>());
        builder.WebHost.ConfigureKestrel(Listeners.Configure);
        return builder;
    }

    public static WebApplication MapManager(this WebApplication app)
    {
        app.UseMiddleware<RequestJournal>();
        app.UseMiddleware<ErrorAnswers>();
        app.UseSecurity();
        app.UseMiddleware<FaultGate>();
        app.Use((context, next) => context.OtherForm() is { } refused ? Answers.Error(refused).ExecuteAsync(context) : next(context));
        app.MapFaults();
        app.MapPublishing();
        app.MapSessions();
        app.MapSearch();
        var api = app.MapGroup("/api/v1");
        api.MapResources();
        api.MapPools();
        api.MapGroups();
        api.MapGroupMembers();
        api.MapFirewall();
        api.MapRules();
        api.MapNode();
        api.MapCluster();
        api.MapLicenses();
        api.MapContainers();
        api.MapRuntime();
        app.MapOpenApi();
        app.MapGroup("/policy/api/v1").MapPolicy();
        app.MapAccess();
        return app;
    }
}
