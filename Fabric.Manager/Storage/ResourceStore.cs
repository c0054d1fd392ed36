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
internal sealed class ResourceStore(ResourceFile file, IdSource ids, TimeProvider time, ILogger<ResourceStore> logger) : IHostedService, IAsyncDisposable
{
    private const int LargestBatch = 256;
    private const int JournalKept = 20_000;
    private const int SubscriptionCapacity = 4_096;

    private readonly Channel<PendingWrite> _writes = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Lock _publishing = new();
    private readonly List<JournalSubscription> _subscriptions = [];
    private readonly Queue<(ulong Sequence, ResourceKey Key)> _journal = new();
    private FabricModel _current = FabricModel.Empty;
    private ulong _journalStart; // the last sequence the journal no longer holds
    private Task _writing = Task.CompletedTask;

    /// <summary>Everything as of the last durable transaction.</summary>
    public FabricModel Current => Volatile.Read(ref _current);

    /// <summary>Of the database file: another file, another epoch.</summary>
    public string Epoch { get; private set; } = "";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var content = file.Open(ids, JournalKept);
        Epoch = content.Epoch;
        _current = content.Model;
        _journalStart = content.JournalStart;
        foreach (var item in content.Journal)
        {
            _journal.Enqueue(item);
        }

        logger.StoreOpened(content.Model.Sequence, content.Model.Everything.Count());
        _writing = Task.Run(WriteLoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
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
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        file.Dispose();
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
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Commit(batch);
        }
    }

    private void Commit(List<PendingWrite> batch)
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

        try
        {
            if (entries.Count > 0)
            {
                file.Write(entries);
                Publish(entries, model);
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

    private void Publish(List<JournalEntry> entries, FabricModel model)
    {
        lock (_publishing)
        {
            Volatile.Write(ref _current, model);
            foreach (var entry in entries)
            {
                foreach (var change in entry.Changes)
                {
                    _journal.Enqueue((entry.Sequence, change.Key));
                }

                foreach (var slow in _subscriptions.Where(subscription => !subscription.Offer(entry)).ToArray())
                {
                    _subscriptions.Remove(slow);
                    logger.SubscriberFellBehind(entry.Sequence);
                }
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
