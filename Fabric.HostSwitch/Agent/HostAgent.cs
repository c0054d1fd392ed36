using Fabric.Contracts.V1;
using Fabric.HostSwitch.Ports;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// Keeps a stream to the controller, for as long as the host lives, and the host's state on disk. Without a controller the host goes
/// on with what it has (reference: nsx-dataplane.md, 6.7).
/// </summary>
internal sealed class HostAgent(
    HostConfiguration configuration,
    PacketWorker packets,
    IOptions<HostSwitchOptions> options,
    TimeProvider time,
    ILogger<HostAgent> logger) : BackgroundService
{
    /// <summary>At most a tenth of the time is spent on saving, however large the state is.</summary>
    private const int RestPerSave = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);

    private readonly ChangeSignal _changes = new();
    private volatile bool _isConnected;

    public bool IsConnected => _isConnected;

    /// <summary>Before anything listens, the host is in service with what it kept.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await configuration.StartAsync().ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await RememberAsync().ConfigureAwait(false);
        await configuration.SaveAsync().ConfigureAwait(false);
    }

    public Task<HostReadings> ReadAsync()
        => HostReadings.TakeAsync(packets, time, options.Value.NodeId, options.Value.Uplink);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(ConnectAsync(stoppingToken), SaveAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var backoff = Backoff.Of(options.Value.NodeId);
        bool isLossLogged = false;
        while (!cancellation.IsCancellationRequested)
        {
            string reason = "it ended the stream";
            try
            {
                using var channel = ControllerChannel.Create(options.Value.Controller);
                using var call = new HostControl.HostControlClient(channel).Connect(cancellationToken: cancellation);
                using var session = new ControllerSession(configuration, ReadAsync, _changes, call, time);
                await session.RunAsync(
                    () =>
                    {
                        if (!_isConnected)
                        {
                            _isConnected = true;
                            isLossLogged = false;
                            backoff.Reset();
                            logger.ControllerConnected(options.Value.Controller);
                        }
                    },
                    cancellation).ConfigureAwait(false);
            }
            catch (RpcException failure)
            {
                reason = failure.Status.Detail;
            }
            catch (Exception failure) when (failure is IOException or InvalidOperationException or OperationCanceledException)
            {
                reason = failure.Message;
            }

            _isConnected = false;
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            if (!isLossLogged)
            {
                isLossLogged = true;
                logger.ControllerLost(options.Value.Controller, reason);
            }

            await Task.Delay(backoff.Next(), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The packet thread's notices say that there is something new; what it is, the next readings tell.</summary>
    private async Task ListenAsync(CancellationToken cancellation)
    {
        while (await packets.Notices.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (packets.Notices.TryRead(out _))
            {
                _changes.Raise();
            }
        }
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        var rest = ShortestRest;
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellation.IsCancellationRequested)
            {
                await RememberAsync().ConfigureAwait(false);
                long began = time.GetTimestamp();
                await configuration.SaveAsync().ConfigureAwait(false);
                var took = time.GetElapsedTime(began) * RestPerSave;
                rest = took > ShortestRest ? took : ShortestRest;
            }
        }
    }

    private async Task RememberAsync()
    {
        var now = await ReadAsync().ConfigureAwait(false);
        configuration.Remember(now.Discoveries.Where(discovery => discovery.Discovered.Count > 0));
    }
}
