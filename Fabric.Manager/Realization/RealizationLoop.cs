using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Realization;

/// <summary>
/// Follows the journal and realizes what it tells of: the intents that changed and those that looked at what changed. At start, and when it
/// has lost the journal, every intent is looked at, and only those are written that are not realized as they should be.
/// </summary>
internal sealed class RealizationLoop(
    ResourceStore store,
    RealizationBook book,
    IRealizationFaults faults,
    IOptions<ManagerOptions> options,
    TimeProvider time,
    ILogger<RealizationLoop> logger) : BackgroundService
{
    /// <summary>One transaction at most, so that users' writes come in between.</summary>
    private const int LargestBatch = 256;

    private readonly RealizationQueue _queue = new();
    private readonly DependencyIndex _index = new();
    private readonly Lock _turn = new();
    private readonly List<(ulong Sequence, TaskCompletionSource Settled)> _waiters = [];
    private readonly List<string> _refreshed = [];
    private readonly SemaphoreSlim _asked = new(0);
    private ulong _seen;

    /// <summary>When everything up to this transaction is realized as far as it can be.</summary>
    public Task SettledAsync(ulong sequence)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            _waiters.Add((sequence, settled));
        }

        _asked.Release();
        return settled.Task;
    }

    /// <summary>Looks at an intent once more, though nothing has changed.</summary>
    public void Refresh(string path)
    {
        lock (_turn)
        {
            _refreshed.Add(path);
        }

        _asked.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts the rest meanwhile
        while (!stoppingToken.IsCancellationRequested)
        {
            using var subscription = store.Subscribe();
            Compare(subscription.Model, stoppingToken);
            _seen = subscription.Model.Sequence;
            await FollowAsync(subscription, stoppingToken).ConfigureAwait(false);
        }
    }

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    /// <summary>Until the journal lets us go, or we stop.</summary>
    private async Task FollowAsync(JournalSubscription subscription, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                while (subscription.Entries.TryRead(out var entry))
                {
                    Take(entry);
                }

                QueueRefreshed();
                var turn = _queue.Take(time.GetUtcNow(), LargestBatch);
                if (turn.Count > 0)
                {
                    await RealizeAsync(turn).ConfigureAwait(false);
                }
                else if (!await WaitAsync(subscription, stop).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>False: the journal has let us go.</summary>
    private async Task<bool> WaitAsync(JournalSubscription subscription, CancellationToken stop)
    {
        Settle();
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var entry = subscription.Entries.WaitToReadAsync(wait.Token).AsTask();
        var asked = _asked.WaitAsync(wait.Token);
        var events = new List<Task> { entry, asked };
        if (_queue.Next is { } next)
        {
            var span = next - time.GetUtcNow();
            events.Add(Task.Delay(span > TimeSpan.Zero ? span : TimeSpan.Zero, time, wait.Token));
        }

        var first = await Task.WhenAny(events).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return first != entry || await entry.ConfigureAwait(false);
    }

    private void QueueRefreshed()
    {
        lock (_turn)
        {
            foreach (string path in _refreshed)
            {
                _queue.Add(path, time.GetUtcNow());
            }

            _refreshed.Clear();
        }
    }

    private void Settle()
    {
        lock (_turn)
        {
            foreach (var (_, settled) in _waiters.Where(waiter => waiter.Sequence <= _seen))
            {
                settled.SetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Sequence <= _seen);
        }
    }

    private void Take(JournalEntry entry)
    {
        _seen = entry.Sequence;
        var due = time.GetUtcNow() + options.Value.RealizationDelay;
        foreach (var change in entry.Changes)
        {
            if ((change.After ?? change.Before) is PolicyResource intent && (Realizers.Of(intent) is not null || book.Of(intent.Path) is not null))
            {
                _queue.Add(intent.Path, due);
            }

            // Somebody has deleted, with X-Allow-Overwrite, what is ours: it is made again. What he changed stays until the intent changes.
            if (change is { Before.IntentPath: { } owner, After: null } && book.Owns(owner, change.Key))
            {
                _queue.Add(owner, due);
            }

            foreach (string reader in Dependency.TouchedBy(change).SelectMany(_index.ReadersOf))
            {
                _queue.Add(reader, due);
            }
        }
    }

    private async Task RealizeAsync(List<string> paths)
    {
        IReadOnlyList<Attempt> attempts = [];
        var outcome = await store.WriteAsync(
            IntentWriter.Caller,
            scope =>
            {
                attempts = new IntentWriter(scope, faults, book.OwnedBy).Realize(paths);
                return new WriteOutcome.Done();
            }).ConfigureAwait(false);
        if (outcome is WriteOutcome.Refused refused)
        {
            logger.RealizationPostponed(paths.Count, refused.Error.Message);
            foreach (string path in paths)
            {
                _queue.Add(path, time.GetUtcNow() + options.Value.RealizationRetry);
            }

            return;
        }

        foreach (var attempt in attempts)
        {
            Note(attempt);
        }
    }

    /// <summary>Writes nothing: works out aside what realizing would change, and queues the intents for which that is something.</summary>
    private void Compare(FabricModel model, CancellationToken stop)
    {
        book.Begin(model.Everything);
        var paths = model.Everything.OfType<PolicyResource>().Where(intent => Realizers.Of(intent) is not null).OrderBy(Realizers.RankOf).Select(intent => intent.Path)
            .Concat(book.Paths).Distinct(StringComparer.Ordinal);
        foreach (string[] batch in paths.Chunk(LargestBatch))
        {
            stop.ThrowIfCancellationRequested();
            var aside = new WriteScope(model, new IdSource(new Random(0)), IntentWriter.Caller, time.GetUtcNow().ToUnixTimeMilliseconds());
            var attempts = new IntentWriter(aside, faults, book.OwnedBy).Realize(batch);
            if (aside.Changes().Count == 0)
            {
                foreach (var attempt in attempts)
                {
                    Note(attempt);
                }
            }
            else
            {
                foreach (string path in batch)
                {
                    _queue.Add(path, time.GetUtcNow());
                }
            }
        }
    }

    private void Note(Attempt attempt)
    {
        if (attempt is { Status: RealizationStatus.Error, Problem: { } problem } && book.Of(attempt.Path)?.Problem?.Message != problem.Message)
        {
            logger.RealizationFailed(attempt.Path, problem.Code, problem.Message);
        }

        _index.Set(attempt.Path, attempt.Revision is null && attempt.Owned.Count == 0 ? [] : attempt.Reads);
        book.Note(attempt);
        if (attempt.RetriesByTime)
        {
            _queue.Add(attempt.Path, time.GetUtcNow() + options.Value.RealizationRetry);
        }
    }
}
