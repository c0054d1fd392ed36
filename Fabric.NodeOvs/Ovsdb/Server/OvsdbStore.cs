using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Transactions;

namespace Fabric.NodeOvs.Ovsdb.Server;

/// <summary>
/// The one owner of a database: transactions take turns, are on disk before they are answered, and whoever watches is told in the order in
/// which they were made. The switch itself writes through here too.
/// </summary>
internal sealed class OvsdbStore(Database database, DatabaseFile? file, Func<Guid> newId, TimeProvider time)
{
    private readonly Lock _turn = new();
    private readonly List<Waiting> _waiting = [];

    /// <summary>Hears of each transaction that changed something, in turn: it must be quick, and may not write.</summary>
    public event Action<IReadOnlyList<RowChange>>? Changed;

    public Database Database => database;

    /// <summary>Reads or does something while nobody writes.</summary>
    public T InTurn<T>(Func<Database, T> work)
    {
        lock (_turn)
        {
            return work(database);
        }
    }

    /// <summary>Runs a request. The answer comes when it is over: at once, or when what it waits for has come about.</summary>
    /// <param name="operations">Kept until the answer.</param>
    /// <param name="ownsLock">Whether the caller has a lock.</param>
    /// <param name="answer">Called in turn, once, after watchers were told.</param>
    /// <returns>What gives the request up.</returns>
    public IDisposable Transact(JsonElement[] operations, Func<string, bool> ownsLock, Action<Action<Utf8JsonWriter>> answer)
    {
        var waiting = new Waiting(this, new Transaction(operations, newId, ownsLock), answer, time.GetTimestamp());
        lock (_turn)
        {
            Try(waiting);
        }

        return waiting;
    }

    /// <summary>Lets the switch write what it found out.</summary>
    public void Write(Action<WriteSet> write)
    {
        lock (_turn)
        {
            var set = new WriteSet(database);
            write(set);
            var (changes, error) = set.Settle(newId);
            if (error is not null)
            {
                throw new InvalidOperationException($"the switch itself broke the schema: {error.Error}: {error.Details}");
            }

            Commit(changes, mustLast: false);
        }
    }

    private void Try(Waiting waiting)
    {
        long waited = (long)time.GetElapsedTime(waiting.Since).TotalMilliseconds;
        var outcome = waiting.Transaction.Run(database, waited);
        if (outcome.WaitMilliseconds is { } left)
        {
            if (!_waiting.Contains(waiting))
            {
                _waiting.Add(waiting);
                waiting.StartTimer(time, left);
            }

            return;
        }

        _waiting.Remove(waiting);
        waiting.StopTimer();
        Commit(outcome.Changes, outcome.MustLast);
        waiting.Answer(outcome.Answer);
    }

    private void Commit(IReadOnlyList<RowChange> changes, bool mustLast)
    {
        if (changes.Count == 0)
        {
            return;
        }

        database.Apply(changes);
        file?.Append(changes, mustLast, database);
        Changed?.Invoke(changes);
        foreach (var waiting in _waiting.ToArray())
        {
            Try(waiting);
        }
    }

    private void Retry(Waiting waiting)
    {
        lock (_turn)
        {
            if (_waiting.Contains(waiting))
            {
                Try(waiting);
            }
        }
    }

    private void GiveUp(Waiting waiting)
    {
        lock (_turn)
        {
            _waiting.Remove(waiting);
            waiting.StopTimer();
        }
    }

    /// <summary>A request that is not answered yet.</summary>
    private sealed class Waiting(OvsdbStore store, Transaction transaction, Action<Action<Utf8JsonWriter>> answer, long since) : IDisposable
    {
        private ITimer? _timer;

        public Transaction Transaction => transaction;

        public long Since => since;

        public void Answer(Action<Utf8JsonWriter> write) => answer(write);

        public void StartTimer(TimeProvider time, int milliseconds)
            => _timer = milliseconds == int.MaxValue ? null : time.CreateTimer(_ => store.Retry(this), null, TimeSpan.FromMilliseconds(milliseconds + 1), Timeout.InfiniteTimeSpan);

        public void StopTimer() => _timer?.Dispose();

        public void Dispose() => store.GiveUp(this);
    }
}
