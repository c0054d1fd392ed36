using Fabric.Contracts.V1;
using Fabric.Manager.Storage;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.Manager.Publishing;

/// <summary>The controllers' end of the manager: intent out as a snapshot and then transactions, the state of the fabric in.</summary>
internal sealed class ConfigFeedService(ResourceStore store, RuntimeState runtime, IHostApplicationLifetime lifetime, ILogger<ConfigFeedService> logger)
    : ConfigFeed.ConfigFeedBase
{
    public override async Task Watch(WatchRequest request, IServerStreamWriter<ConfigEvent> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var subscription = store.Subscribe(request.Epoch, request.ResumeAfter);
        var start = subscription.ChangedSince is { } changed
            ? FeedEvents.Resume(store.Epoch, subscription.Model, changed)
            : FeedEvents.Snapshot(store.Epoch, subscription.Model);
        logger.ControllerWatches(request.ControllerId, subscription.Model.Sequence, subscription.ChangedSince is not null);
        try
        {
            await WriteAsync(responseStream, start, ending.Token);
            await foreach (var entry in subscription.Entries.ReadAllAsync(ending.Token))
            {
                await WriteAsync(responseStream, FeedEvents.Transaction(store.Epoch, entry), ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return; // the controller left, or we are stopping
        }

        // The journal let this watcher go: it was too slow, and starts over.
        throw new RpcException(new Status(StatusCode.ResourceExhausted, "The watcher fell behind; watch again"));
    }

    public override async Task<ReportReply> Report(IAsyncStreamReader<RuntimeReport> requestStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var reports = new ReportIngestion(runtime);
        try
        {
            while (await requestStream.MoveNext(ending.Token))
            {
                reports.Take(requestStream.Current);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // What it has reported stands until it reports again.
        }

        return new ReportReply();
    }

    private static async Task WriteAsync(IServerStreamWriter<ConfigEvent> stream, IEnumerable<ConfigEvent> events, CancellationToken stop)
    {
        foreach (var item in events)
        {
            await stream.WriteAsync(item, stop);
        }
    }
}
