using System.Threading.Channels;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.Manager.Storage;

/// <summary>
/// The one owner of what is configured. Writers take turns; those that wait together share one transaction of the database, and
/// none is answered before it is on disk. Readers take the current model and never wait.
/// </summary>
internal sealed class ResourceStore(IResourceDatabase database, IdSource ids, TimeProvider time, ILogger<ResourceStore> logger) : IHostedService, IAsyncDisposable
{
    private const int LargestBatch = 256;
    private const int JournalKept = 20_000;
    private const int SubscriptionCapacity = 4_096;
    private const int ForgottenAtOnce = 1_000;
    private const int TurnsForOthers = 64; // of the thread pool: some 50 microseconds where it has nothing else to do

    private readonly Channel<PendingWrite?> _writes = Channel.CreateBounded<PendingWrite?>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _publishing = new();
    private readonly List<JournalSubscription> _subscriptions = [];
    private readonly Queue<(ulong Sequence, ResourceKey Key)> _journal = new();
    private FabricModel _current = FabricModel.Empty;
    private ulong _journalStart; // the last sequence the journal no longer holds
    private ulong _forgotten; // up to here the database has forgotten the journal too
    private int _refreshing;
    private int _disposed;
    private Task _writing = Task.CompletedTask;
    private Task _following = Task.CompletedTask;

    /// <summary>Everything as of the last durable transaction.</summary>
    public FabricModel Current => Volatile.Read(ref _current);

    /// <summary>Of the database file: another file, another epoch.</summary>
    public string Epoch { get; private set; } = "";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var content = database.Open(ids, JournalKept);
        Epoch = content.Epoch;
        _current = content.Model;
        _journalStart = _forgotten = content.JournalStart;
        foreach (var item in content.Journal)
        {
            _journal.Enqueue(item);
        }

        logger.StoreOpened(content.Model.Sequence, content.Model.Everything.Count());
        _writing = Task.Run(WriteLoopAsync, CancellationToken.None);
        _following = Task.Run(FollowOthersAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _writes.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        lock (_publishing)
        {
            foreach (var subscription in _subscriptions.ToArray())
            {
                subscription.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return; // it is one service under two names
        }

        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
        database.Dispose();
    }

    /// <summary>Runs a write in its turn. The answer comes when it is durable.</summary>
    public Task<WriteOutcome> WriteAsync(string user, Func<WriteScope, WriteOutcome> write, CancellationToken cancellation = default)
        => WriteAsync(new Caller(user, []), write, cancellation);

    public async Task<WriteOutcome> WriteAsync(Caller caller, Func<WriteScope, WriteOutcome> write, CancellationToken cancellation = default)
    {
        var pending = new PendingWrite(caller, write);
        try
        {
            await _writes.Writer.WriteAsync(pending, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return ApiErrors.Stopping();
        }

        return await pending.Outcome.Task.ConfigureAwait(false);
    }

    /// <summary>The model and every transaction after it; with an epoch and sequence, also what changed since then.</summary>
    public JournalSubscription Subscribe(string? epoch = null, ulong resumeAfter = 0)
    {
        var channel = Channel.CreateBounded<JournalEntry>(new BoundedChannelOptions(SubscriptionCapacity) { SingleReader = true });
        lock (_publishing)
        {
            var model = Current;
            bool known = epoch == Epoch && resumeAfter >= _journalStart && resumeAfter <= model.Sequence;
            var changed = known ? _journal.Where(item => item.Sequence > resumeAfter).Select(item => item.Key).ToHashSet() : null;
            var subscription = new JournalSubscription(model, changed, channel, Leave);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    private void Leave(JournalSubscription subscription)
    {
        lock (_publishing)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<PendingWrite>();
        int before = 1;
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            Take(batch);

            // Writers who were just answered come back with their next write at once. To let them come costs less than a commit of their own.
            for (int turn = 0; turn < TurnsForOthers && batch.Count > 0 && batch.Count < before; turn++)
            {
                await Task.Yield();
                Take(batch);
            }

            if (batch.Count > 0)
            {
                before = batch.Count;
                Commit(batch);
            }
        }
    }

    private void Take(List<PendingWrite> batch)
    {
        while (batch.Count < LargestBatch && _writes.Reader.TryRead(out var write))
        {
            if (write is null)
            {
                Refresh();
            }
            else
            {
                batch.Add(write);
            }
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        List<JournalEntry> entries = [];
        try
        {
            database.Commit(Current.Sequence, others =>
            {
                Follow(others);
                entries = Run(batch);
                return new WriteBatch(entries, entries.Count > 0 ? Forgettable() : 0);
            });
            if (entries.Count > 0)
            {
                Publish(entries, entries.SelectMany(entry => entry.Changes.Select(change => (entry.Sequence, change.Key))));
            }
        }
#pragma warning disable CA1031 // a full or broken disk refuses the batch and leaves what was
        catch (Exception broken)
#pragma warning restore CA1031
        {
            logger.StoreFailed(broken);
            foreach (var write in batch.Where(write => write.Failure is null && write.Answer is not WriteOutcome.Refused))
            {
                write.Answer = ApiErrors.StoreUnavailable();
            }
        }

        foreach (var write in batch)
        {
            write.Complete();
        }
    }

    private List<JournalEntry> Run(List<PendingWrite> batch)
    {
        var model = Current;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var entries = new List<JournalEntry>();
        foreach (var write in batch)
        {
            var scope = new WriteScope(model, ids, write.Caller, now);
            try
            {
                write.Answer = write.Run(scope);
            }
#pragma warning disable CA1031 // a write that breaks is its caller's failure, not that of the writes around it
            catch (Exception broken)
#pragma warning restore CA1031
            {
                write.Failure = broken;
                continue;
            }

            if (write.Answer is WriteOutcome.Refused)
            {
                continue;
            }

            var changes = scope.Changes();
            if (changes.Count > 0)
            {
                model = scope.Model.At(model.Sequence + 1);
                entries.Add(new JournalEntry(model.Sequence, changes, model));
            }
        }

        return entries;
    }

    /// <summary>The database forgets in larger steps than the memory does.</summary>
    private ulong Forgettable()
    {
        ulong start = Volatile.Read(ref _journalStart);
        if (start - _forgotten < ForgottenAtOnce)
        {
            return 0;
        }

        return _forgotten = start;
    }

    /// <summary>Asks for what others wrote, whenever the database says that they may have.</summary>
    private async Task FollowOthersAsync()
    {
        bool lost = false;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await database.WaitForOthersAsync(_stopping.Token).ConfigureAwait(false);
                lost = false;
                if (Interlocked.Exchange(ref _refreshing, 1) == 0)
                {
                    await _writes.Writer.WriteAsync(null, _stopping.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (System.Data.Common.DbException gone)
            {
                if (!lost)
                {
                    logger.DatabaseLost(gone.Message);
                }

                lost = true;
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Refresh()
    {
        Interlocked.Exchange(ref _refreshing, 0);
        try
        {
            Follow(database.ReadSince(Current.Sequence));
        }
        catch (System.Data.Common.DbException gone)
        {
            logger.DatabaseLost(gone.Message);
        }
    }

    /// <summary>Takes in what other managers wrote, as one transaction.</summary>
    private void Follow(OthersWrites? others)
    {
        if (others is null)
        {
            return;
        }

        var before = Current;
        var now = others.Now;
        if (others.IsWhole)
        {
            var gone = before.Everything.Select(ResourceKey.Of).Where(key => !now.ContainsKey(key)).Select(key => new KeyValuePair<ResourceKey, ManagedResource?>(key, null));
            now = now.Concat(gone).ToDictionary();
        }

        var model = before;
        var changes = new List<ResourceChange>();
        foreach (var (key, after) in now)
        {
            var known = before.Find(key);
            if (known is null && after is null)
            {
                continue;
            }

            changes.Add(new ResourceChange(key, known, after));
            model = after is null ? model.Without(key) : model.With(after);
        }

        var entry = new JournalEntry(others.Sequence, changes, model.At(others.Sequence));
        Publish([entry], others.Journal, startsOver: others.IsWhole);
    }

    private void Publish(IReadOnlyList<JournalEntry> entries, IEnumerable<(ulong Sequence, ResourceKey Key)> changes, bool startsOver = false)
    {
        lock (_publishing)
        {
            Volatile.Write(ref _current, entries[^1].Model);
            foreach (var change in changes)
            {
                _journal.Enqueue(change);
            }

            foreach (var entry in entries)
            {
                foreach (var slow in _subscriptions.Where(subscription => !subscription.Offer(entry)).ToArray())
                {
                    _subscriptions.Remove(slow);
                    logger.SubscriberFellBehind(entry.Sequence);
                }
            }

            if (startsOver)
            {
                _journal.Clear();
                _journalStart = entries[^1].Sequence;
            }

            while (_journal.Count > JournalKept)
            {
                _journalStart = _journal.Dequeue().Sequence; // a transaction cut in two is one the journal no longer holds
            }
        }
    }

    /// <summary>A write waiting for its turn, then for the disk.</summary>
    private sealed class PendingWrite(Caller caller, Func<WriteScope, WriteOutcome> write)
    {
        public Caller Caller => caller;

        public TaskCompletionSource<WriteOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WriteOutcome? Answer { get; set; }

        public Exception? Failure { get; set; }

        public WriteOutcome Run(WriteScope scope) => write(scope);

        public void Complete()
        {
            if (Failure is { } broken)
            {
                Outcome.SetException(broken);
            }
            else
            {
                Outcome.SetResult(Answer!);
            }
        }
    }
}
