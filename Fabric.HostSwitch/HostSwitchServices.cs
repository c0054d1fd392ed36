using Fabric.HostSwitch.Agent;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Local;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tracing;
using Fabric.Packets.Flows;
using Fabric.Packets.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fabric.HostSwitch;

/// <summary>The parts of a host switch, in the order in which they are built.</summary>
public static class HostSwitchServices
{
    public static WebApplicationBuilder AddHostSwitch(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<HostSwitchOptions>().BindConfiguration(HostSwitchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System); // a lab brings its own clock
        services.AddSingleton<UplinkAddresses>();
        services.TryAddSingleton<ILinkSource, KernelLinks>(); // and its own wires, where it has no kernel to ask

        services.AddSingleton<HostState>();
        services.AddSingleton<HostTablesBuilder>();
        services.AddSingleton(provider => new ConnectionTable(Options(provider).ConnectionLimit));
        services.AddSingleton(provider => new DistributedFirewall(provider.GetRequiredService<ConnectionTable>(), FlowTimeouts.Default));
        services.AddSingleton(StartPackets);

        services.AddSingleton<HostConfiguration>();
        services.AddSingleton<HostAgent>();
        services.AddHostedService(provider => provider.GetRequiredService<HostAgent>());

        services.AddSingleton<PacketCaptures>();
        services.AddGrpc();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, LocalSocket>();
        return builder;
    }

    public static WebApplication MapHostSwitch(this WebApplication app)
    {
        app.MapGrpcService<HostLocalService>();
        string socket = Options(app.Services).Local["unix:".Length..];
        app.Lifetime.ApplicationStarted.Register(() => File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite));
        return app;
    }

    private static PacketWorker StartPackets(IServiceProvider provider)
    {
        var worker = new PacketWorker(
            provider.GetRequiredService<HostState>(),
            provider.GetRequiredService<HostTablesBuilder>().Build(new HostIntent()),
            provider.GetRequiredService<DistributedFirewall>(),
            provider.GetRequiredService<ILinkSource>(),
            Options(provider).Uplink,
            provider.GetRequiredService<TimeProvider>(),
            new LinkPoller());
        worker.Start();
        return worker;
    }

    private static HostSwitchOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<HostSwitchOptions>>().Value;
}
