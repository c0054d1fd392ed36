using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Benchmarks.Management;

/// <summary>A web server that answers everything with the same bytes (after something that it waits for, if asked to), over TLS as the manager does.</summary>
internal sealed class BareEndpoint(WebApplication app) : IAsyncDisposable
{
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<BareEndpoint> StartAsync(int size, string certificateFile, Func<Task>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(X509Certificate2.CreateFromPemFile(certificateFile))));
        var app = builder.Build();
        byte[] body = new byte[size];
        Array.Fill(body, (byte)' ');
        app.Run(async context =>
        {
            if (before is not null)
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                await before();
            }

            context.Response.ContentLength = body.Length;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(body);
        });
        await app.StartAsync();
        return new BareEndpoint(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
