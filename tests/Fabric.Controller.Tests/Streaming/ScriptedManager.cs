using System.Threading.Channels;
using Fabric.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>A manager's feed on a unix socket that says what the test wants, and can be stopped and started.</summary>
internal sealed class ScriptedManager(string socket) : ConfigFeed.ConfigFeedBase
{
    private readonly Channel<WatchRequest> _watches = Channel.CreateUnbounded<WatchRequest>();
    private readonly Channel<RuntimeReport> _reports = Channel.CreateUnbounded<RuntimeReport>();
    private Channel<ConfigEvent> _events = Channel.CreateUnbounded<ConfigEvent>();
    private WebApplication? _app;

    public string Address => $"unix:{socket}";

    public ChannelReader<RuntimeReport> Reports => _reports.Reader;

    public async Task StartAsync()
    {
        File.Delete(socket);
        _events = Channel.CreateUnbounded<ConfigEvent>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<ScriptedManager>();
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        _events.Writer.TryComplete();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app!.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    /// <summary>The next request to watch.</summary>
    public async Task<WatchRequest> WatchedAsync(CancellationToken stop) => await _watches.Reader.ReadAsync(stop);

    public void Snapshot(string epoch, ulong sequence, params ConfigObject[] objects)
    {
        Send(new ConfigEvent { Epoch = epoch, Sequence = sequence, More = true, SnapshotBegin = new SnapshotBegin() });
        foreach (var item in objects)
        {
            Send(new ConfigEvent { Epoch = epoch, Sequence = sequence, More = true, Upsert = item });
        }

        Send(new ConfigEvent { Epoch = epoch, Sequence = sequence, Synced = new Synced() });
    }

    public void Change(string epoch, ulong sequence, ConfigObject item)
        => Send(new ConfigEvent { Epoch = epoch, Sequence = sequence, Upsert = item });

    public void Send(ConfigEvent item) => Assert.That(_events.Writer.TryWrite(item));

    public override async Task Watch(WatchRequest request, IServerStreamWriter<ConfigEvent> responseStream, ServerCallContext context)
    {
        await _watches.Writer.WriteAsync(request);
        await foreach (var item in _events.Reader.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(item);
        }
    }

    public override async Task<ReportReply> Report(IAsyncStreamReader<RuntimeReport> requestStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await _reports.Writer.WriteAsync(requestStream.Current);
        }

        return new ReportReply();
    }
}
