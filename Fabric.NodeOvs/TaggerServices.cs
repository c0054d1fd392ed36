using Fabric.NodeOvs.Tagging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.NodeOvs;

/// <summary>Every part of the tagger, in the order it is built. It listens nowhere: all it has is links.</summary>
public static class TaggerServices
{
    public static WebApplicationBuilder AddTagger(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TaggerOptions>().BindConfiguration("Tagger").ValidateDataAnnotations()
            .Validate(o => TaggedPorts.TryParse(o.Ports, out _), "Tagger:Ports must be devices with VLANs from 1 to 4094, such as pod11=11,pod12=12")
            .ValidateOnStart();
        builder.Services.AddHostedService<TaggerService>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
        return builder;
    }

    /// <summary>Nothing to map; here so that the tagger starts like every other service.</summary>
    public static WebApplication MapTagger(this WebApplication app) => app;
}
