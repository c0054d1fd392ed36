using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.Manager.Search;

/// <summary>
/// The indexes of both APIs, kept up with the journal. A search sees every write that was answered before it, or with a lag set, those older
/// than that.
/// </summary>
internal sealed class SearchIndexes(ResourceStore store, TimeProvider time, ILogger<SearchIndexes> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _turn = new();
    private readonly Queue<(DateTimeOffset Arrived, JournalEntry Entry)> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalSubscription? _subscription;
    private Task _following = Task.CompletedTask;
    private int _disposed;

    public SearchIndex Policy { get; } = new();

    public SearchIndex Management { get; } = new();

    /// <summary>How old a change must be to be found. A real manager needs about a second.</summary>
    public TimeSpan Lag { get; set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _following = Task.Run(FollowAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) // it is one service under two names
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            _subscription?.Dispose();
            _stopping.Dispose();
        }
    }

    /// <summary>False: still reading what there is; ask again.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        if (!_built.Task.IsCompleted)
        {
            await Task.WhenAny(_built.Task, Task.Delay(Patience, cancellation)).ConfigureAwait(false);
        }

        if (!_built.Task.IsCompletedSuccessfully)
        {
            return false;
        }

        CatchUp();
        return true;
    }

    /// <summary>Reads everything anew, as after a restart.</summary>
    public void Rebuild()
    {
        lock (_turn)
        {
            _subscription?.Dispose();
            _waiting.Clear();
            Policy.Clear();
            Management.Clear();
            _subscription = store.Subscribe();
            foreach (var resource in _subscription.Model.Everything)
            {
                IndexOf(resource)?.Put(ResourceKey.Of(resource), resource);
            }
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            Rebuild();
            _built.SetResult();
            logger.SearchIndexed(Policy.Count + Management.Count);
            while (!_stopping.IsCancellationRequested)
            {
                var entries = _subscription!.Entries;
                if (!await entries.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
                {
                    if (ReferenceEquals(entries, _subscription.Entries)) // it fell behind, or the store is stopping
                    {
                        Rebuild();
                        await Task.Delay(TimeSpan.FromMilliseconds(100), time, _stopping.Token).ConfigureAwait(false);
                    }

                    continue;
                }

                CatchUp();
                if (Lag > TimeSpan.Zero)
                {
                    await Task.Delay(Lag < TimeSpan.FromSeconds(1) ? Lag : TimeSpan.FromSeconds(1), _stopping.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _built.TrySetCanceled();
        }
    }

    private void CatchUp()
    {
        lock (_turn)
        {
            var now = time.GetUtcNow();
            while (_subscription!.Entries.TryRead(out var entry))
            {
                _waiting.Enqueue((now, entry));
            }

            while (_waiting.TryPeek(out var first) && now - first.Arrived >= Lag)
            {
                _waiting.Dequeue();
                foreach (var change in first.Entry.Changes)
                {
                    IndexOf((change.After ?? change.Before)!)?.Put(change.Key, change.After);
                }
            }
        }
    }

    /// <summary>Where a resource is found; null: nowhere, being the manager's own.</summary>
    private SearchIndex? IndexOf(ManagedResource resource)
        => resource is PolicyResource ? Policy : ResourceCatalog.Find(ResourceKey.KindOf(resource.GetType())) is null ? null : Management;
}
