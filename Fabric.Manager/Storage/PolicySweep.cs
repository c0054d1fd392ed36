using Fabric.Manager.Catalog.Policy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Storage;

/// <summary>Removes for good what has been marked for delete long enough: once at start, then at every turn of the delay.</summary>
internal sealed class PolicySweep(ResourceStore store, IOptions<ManagerOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = options.Value.DeleteDelay;
        await SweepAsync(delay).ConfigureAwait(false);
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        using var turns = new PeriodicTimer(delay > ShortestTurn ? delay : ShortestTurn, time);
        try
        {
            while (await turns.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await SweepAsync(delay).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // the manager stops; what is left is swept at its next start
        }
    }

    private async Task SweepAsync(TimeSpan delay)
    {
        if (store.Current.Marked.Count == 0)
        {
            return;
        }

        await store.WriteAsync(
            "system",
            scope =>
            {
                long until = scope.Now - (long)delay.TotalMilliseconds;
                foreach (var key in scope.Model.Marked.OrderByDescending(key => key.Id, StringComparer.Ordinal)) // a child's path is longer than its parent's, so greater
                {
                    if (scope.Model.Find(key) is PolicyResource { MarkedForDelete: true } marked && marked.LastModifiedTime <= until)
                    {
                        scope.Remove(key);
                    }
                }

                return new WriteOutcome.Done();
            }).ConfigureAwait(false);
    }
}
