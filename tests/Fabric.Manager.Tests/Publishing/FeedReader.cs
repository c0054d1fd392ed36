using Fabric.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Publishing;

/// <summary>A controller as the manager sees one: it watches the feed and reports.</summary>
internal sealed class FeedReader : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));
    private readonly GrpcChannel _channel;
    private readonly ConfigFeed.ConfigFeedClient _client;
    private AsyncServerStreamingCall<ConfigEvent>? _watch;

    public FeedReader(RunningManager manager)
    {
        string address = manager.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(item => item.StartsWith("http://", StringComparison.Ordinal));
        _channel = GrpcChannel.ForAddress(address);
        _client = new ConfigFeed.ConfigFeedClient(_channel);
    }

    public void Watch(string epoch = "", ulong after = 0)
    {
        _watch?.Dispose();
        _watch = _client.Watch(new WatchRequest { ControllerId = "c1", Epoch = epoch, ResumeAfter = after });
    }

    public async Task<ConfigEvent> NextAsync()
    {
        Assert.That(await _watch!.ResponseStream.MoveNext(_patience.Token), "the feed ended");
        return _watch.ResponseStream.Current;
    }

    /// <summary>Events up to and including the end of a transaction or snapshot.</summary>
    public async Task<List<ConfigEvent>> TransactionAsync()
    {
        var events = new List<ConfigEvent>();
        do
        {
            events.Add(await NextAsync());
        }
        while (events[^1].More);
        return events;
    }

    public async Task ReportAsync(params RuntimeReport[] reports)
    {
        using var call = _client.Report(cancellationToken: _patience.Token);
        foreach (var report in reports)
        {
            report.ControllerId = "c1";
            await call.RequestStream.WriteAsync(report);
        }

        await call.RequestStream.CompleteAsync();
        await call.ResponseAsync;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _channel.Dispose();
        _patience.Dispose();
    }
}
