using Fabric.NodeOvs.Running;
using Fabric.NodeOvs.Tagging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fabric.NodeOvs;

/// <summary>Every part of a node's Open vSwitch, in the order it is built. It serves its own sockets; there is no web server.</summary>
public static class OvsServices
{
    public static WebApplicationBuilder AddOvs(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OvsOptions>().BindConfiguration("Ovs").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IDeviceSource>(new KernelDevices());
        builder.Services.AddHostedService<OvsService>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
        return builder;
    }

    /// <summary>Nothing to map; here so that the switch starts like every other service.</summary>
    public static WebApplication MapOvs(this WebApplication app) => app;
}
