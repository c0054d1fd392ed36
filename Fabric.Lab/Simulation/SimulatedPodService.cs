using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Simulation;

/// <summary>The door to simulated pods for other commands: a unix socket of the lab's owner, where a command in a pod is a POST.</summary>
internal static class SimulatedPodService
{
    public static string SocketIn(string folder) => Path.Combine(folder, "pods.sock");

    public static async Task<WebApplication> StartAsync(SimulatedLab lab, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "fabric", EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(SocketIn(folder)));
        var app = builder.Build();
        app.MapPost("/pods/{pod}", async (string pod, string[] command) => lab.HasPod(pod)
            ? Results.Json(await new SimulatedShell(lab.Pod(pod)).RunAsync(command).ConfigureAwait(false))
            : Results.NotFound());
        await app.StartAsync().ConfigureAwait(false);
        File.SetUnixFileMode(SocketIn(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return app;
    }
}
