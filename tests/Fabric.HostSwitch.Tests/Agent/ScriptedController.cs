using System.Threading.Channels;
using Fabric.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>A controller that says what a test tells it to, over a real stream on a unix socket.</summary>
internal sealed class ScriptedController : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Service _service;

    private ScriptedController(WebApplication app, Service service)
    {
        _app = app;
        _service = service;
    }

    public static async Task<ScriptedController> StartAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var service = new Service();
        builder.Services.AddSingleton(service);
        File.Delete(socket);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new ScriptedController(app, service);
    }

    /// <summary>The next report that is of interest; the others before it are passed over.</summary>
    public async Task<T> NextAsync<T>(Func<HostReport, T?> pick)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (pick(await _service.Reports.Reader.ReadAsync(patience.Token)) is { } picked)
            {
                return picked;
            }
        }
    }

    public async Task<Applied> AppliedAsync(ulong generation)
        => await NextAsync(report => report.Applied is { } applied && applied.Generation == generation ? applied : null);

    public async Task<Applied> SnapshotAsync(ulong generation, params HostObject[] objects)
    {
        await SayAsync(new HostUpdate { Generation = generation, SnapshotBegin = new HostSnapshotBegin() });
        return await ChangeAsync(generation, [.. objects.Select(said => new HostUpdate { Upsert = said })]);
    }

    public async Task<Applied> ChangeAsync(ulong generation, params HostUpdate[] updates)
    {
        foreach (var update in updates)
        {
            update.Generation = generation;
            await SayAsync(update);
        }

        await SayAsync(new HostUpdate { Generation = generation, Commit = new HostCommit() });
        return await AppliedAsync(generation);
    }

    public async ValueTask DisposeAsync()
    {
        _service.Ended.TrySetResult();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task SayAsync(HostUpdate update) => await _service.Updates.Writer.WriteAsync(update);

    internal sealed class Service : HostControl.HostControlBase
    {
        public Channel<HostReport> Reports { get; } = Channel.CreateUnbounded<HostReport>();

        public Channel<HostUpdate> Updates { get; } = Channel.CreateUnbounded<HostUpdate>();

        public TaskCompletionSource Ended { get; } = new();

        public override async Task Connect(
            IAsyncStreamReader<HostReport> requestStream, IServerStreamWriter<HostUpdate> responseStream, ServerCallContext context)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            var tasks = new[] { ListenAsync(requestStream, end.Token), SpeakAsync(responseStream, end.Token), Ended.Task };
            await Task.WhenAny(tasks);
            await end.CancelAsync();
        }

        private async Task ListenAsync(IAsyncStreamReader<HostReport> reports, CancellationToken cancellation)
        {
            await foreach (var report in reports.ReadAllAsync(cancellation))
            {
                await Reports.Writer.WriteAsync(report, cancellation);
            }
        }

        private async Task SpeakAsync(IServerStreamWriter<HostUpdate> updates, CancellationToken cancellation)
        {
            await foreach (var update in Updates.Reader.ReadAllAsync(cancellation))
            {
                await updates.WriteAsync(update, cancellation);
            }
        }
    }
}
