using System.Threading.Channels;
using Fabric.Contracts.V1;
using Grpc.Core;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// One stream to the controller, from Hello to its end. What the controller says is applied commit by commit and acknowledged; what
/// changes here is reported. Anything may be lost with the stream: the next one says all again.
/// </summary>
internal sealed class ControllerSession(
    HostConfiguration configuration,
    Func<Task<HostReadings>> readings,
    ChangeSignal changes,
    AsyncDuplexStreamingCall<HostReport, HostUpdate> call,
    TimeProvider time) : IDisposable
{
    private const int MostReportsWaiting = 1_024;

    private static readonly TimeSpan StatisticsPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50); // changes in a burst make one report

    private readonly Channel<HostReport> _reports = Channel.CreateBounded<HostReport>(MostReportsWaiting);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Runs until the stream ends or fails, or the host stops.</summary>
    /// <param name="onUpdate">Called with the first thing that the controller says.</param>
    /// <param name="cancellation">The host stops.</param>
    public async Task RunAsync(Action onUpdate, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        configuration.VifChanged += Enqueue;
        try
        {
            await call.RequestStream.WriteAsync(new HostReport { Hello = await HelloAsync().ConfigureAwait(false) }, stop.Token).ConfigureAwait(false);
            var tasks = new[] { ReceiveAsync(onUpdate, stop.Token), SendAsync(stop.Token), ReportAsync(stop.Token) };
            var first = await Task.WhenAny(tasks).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first.ConfigureAwait(false); // why it ended
        }
        finally
        {
            configuration.VifChanged -= Enqueue;
        }
    }

    public void Dispose() => _ended.Dispose();

    private async Task<Hello> HelloAsync()
    {
        var now = await readings().ConfigureAwait(false);
        var hello = new Hello
        {
            NodeId = configuration.NodeId,
            HostName = Environment.MachineName,
            Version = typeof(ControllerSession).Assembly.GetName().Version?.ToString() ?? "",
            AppliedGeneration = configuration.Generation,
        };
        hello.Vifs.AddRange(configuration.Vnics.Values.Select(vnic => HostConfiguration.AttachedOf(vnic, now.LinksUp.Contains(vnic.VifId))));
        return hello;
    }

    private async Task ReceiveAsync(Action onUpdate, CancellationToken cancellation)
    {
        IntentChange? change = null;
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            onUpdate();
            switch (update.UpdateCase)
            {
                case HostUpdate.UpdateOneofCase.SnapshotBegin:
                    change = new IntentChange(isSnapshot: true);
                    break;
                case HostUpdate.UpdateOneofCase.Upsert or HostUpdate.UpdateOneofCase.Delete:
                    change ??= new IntentChange(isSnapshot: false);
                    change.Add(update);
                    break;
                case HostUpdate.UpdateOneofCase.Commit:
                    change ??= new IntentChange(isSnapshot: false);
                    change.Close(update.Generation);
                    var refusals = await configuration.ApplyAsync(change, cancellation).ConfigureAwait(false);
                    var applied = new Applied { Generation = update.Generation };
                    applied.Refusals.AddRange(refusals);
                    Enqueue(new HostReport { Applied = applied });
                    change = null;
                    break;
            }
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        await foreach (var report in _reports.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await call.RequestStream.WriteAsync(report, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        var cursor = new ReportCursor();
        var linksUp = new HashSet<string>(configuration.Vnics.Keys);
        var statisticsAt = time.GetUtcNow();
        while (true)
        {
            bool isDue = time.GetUtcNow() >= statisticsAt;
            statisticsAt = isDue ? time.GetUtcNow() + StatisticsPace : statisticsAt;
            var now = await readings().ConfigureAwait(false);
            foreach (var report in cursor.Advance(now, isDue))
            {
                await _reports.Writer.WriteAsync(report, cancellation).ConfigureAwait(false); // statistics can wait for a slow reader
            }

            foreach (var vnic in configuration.Vnics.Values.Where(vnic => now.LinksUp.Contains(vnic.VifId) != linksUp.Contains(vnic.VifId)))
            {
                Enqueue(new HostReport { VifAttached = HostConfiguration.AttachedOf(vnic, now.LinksUp.Contains(vnic.VifId)) });
            }

            linksUp = [.. now.LinksUp];
            await Task.Delay(Breath, time, cancellation).ConfigureAwait(false);
            await changes.WaitAsync(statisticsAt - time.GetUtcNow(), time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A controller that reads so slowly that this does not fit is told everything again on a new stream.</summary>
    private void Enqueue(HostReport report)
    {
        if (!_reports.Writer.TryWrite(report))
        {
            _ended.Cancel();
        }
    }
}
