using Fabric.Contracts.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Controller.Streaming;

/// <summary>Follows the manager's feed: a snapshot once, then changes; after a break, on from where it was.</summary>
internal sealed class ConfigFeedClient(
    ManagerChannel manager, ControlLoop loop, IOptions<ControllerOptions> options, TimeProvider time, ILogger<ConfigFeedClient> logger)
    : BackgroundService
{
    private string _epoch = "";
    private ulong _sequence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var client = new ConfigFeed.ConfigFeedClient(manager.Channel);
        var retry = new Retry(time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(client, retry, stoppingToken);
            }
            catch (RpcException lost) when (!stoppingToken.IsCancellationRequested)
            {
                if (retry.IsFirst)
                {
                    logger.ManagerLost(options.Value.Manager, lost.Status.Detail);
                }
            }
            catch (Exception ended) when (stoppingToken.IsCancellationRequested && ended is RpcException or OperationCanceledException)
            {
                return;
            }

            await retry.WaitAsync(stoppingToken);
        }
    }

    private async Task FollowAsync(ConfigFeed.ConfigFeedClient client, Retry retry, CancellationToken stop)
    {
        var request = new WatchRequest { ControllerId = options.Value.Id, Epoch = _epoch, ResumeAfter = _sequence };
        using var call = client.Watch(request, cancellationToken: stop);
        var assembly = new ChangeAssembly();
        await foreach (var item in call.ResponseStream.ReadAllAsync(stop))
        {
            if (!retry.IsFirst)
            {
                logger.ManagerBack(options.Value.Manager, item.Sequence);
                retry.Succeeded();
            }

            if (assembly.Add(item) is { } change)
            {
                await loop.PostAsync(new ControlInput.Published(change), stop);
                if (change.IsSnapshot)
                {
                    logger.SnapshotTaken(change.Upserts.Count, change.Epoch, change.Sequence);
                }

                (_epoch, _sequence) = (change.Epoch, change.Sequence);
            }
        }
    }
}
