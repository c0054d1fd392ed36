using System.Globalization;
using Fabric.Manager.Catalog;
using Microsoft.Data.Sqlite;

namespace Fabric.Manager.Storage;

/// <summary>
/// The statements of a commit, prepared once: this is the way of every write, and working them out anew costs more than running them.
/// </summary>
internal sealed class SqliteWrites : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _journal;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _sequence;

    private readonly Dictionary<ResourceKey, long> _numbers;
    private long _lastNumber;

    /// <param name="connection">Used by nobody else while a commit runs.</param>
    /// <param name="numbers">The row of every resource.</param>
    public SqliteWrites(SqliteConnection connection, Dictionary<ResourceKey, long> numbers)
    {
        _connection = connection;
        _numbers = numbers;
        _lastNumber = numbers.Count > 0 ? numbers.Values.Max() : 0;
        _put = Prepare(
            "INSERT INTO \"Resources\" (rowid, \"Kind\", \"Id\", \"Type\", \"Revision\", \"Body\") VALUES ($1, $2, $3, $4, $5, $6) "
            + "ON CONFLICT (rowid) DO UPDATE SET \"Type\" = $4, \"Revision\" = $5, \"Body\" = $6", 6);
        _remove = Prepare("DELETE FROM \"Resources\" WHERE rowid = $1", 1);
        _journal = Prepare("INSERT INTO \"Journal\" (\"Sequence\", \"Ordinal\", \"Kind\", \"Id\", \"Deleted\") VALUES ($1, $2, $3, $4, $5)", 5);
        _forget = Prepare("DELETE FROM \"Journal\" WHERE \"Sequence\" <= $1", 1);
        _sequence = Prepare($"UPDATE \"Settings\" SET \"Value\" = $1 WHERE \"Key\" = '{StoredRows.SequenceKey}'", 1);
    }

    public void Write(WriteBatch batch)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var entry in batch.Entries)
        {
            int ordinal = 0;
            foreach (var change in entry.Changes)
            {
                Run(_journal, transaction, (long)entry.Sequence, (long)ordinal++, change.Key.Kind, change.Key.Id, change.After is null ? 1L : 0L);
            }
        }

        long lastNumber = _lastNumber;
        var numbers = new List<(ResourceKey Key, long? Number)>();
        foreach (var (key, after) in StoredRows.LastChanges(batch.Entries))
        {
            bool isKnown = _numbers.TryGetValue(key, out long number);
            if (after is not null)
            {
                number = isKnown ? number : ++lastNumber;
                Run(_put, transaction, number, key.Kind, key.Id, StoredRows.TypeOf(after), after.Revision, ResourceJson.Store(after));
                numbers.Add((key, number));
            }
            else if (isKnown)
            {
                Run(_remove, transaction, number);
                numbers.Add((key, null));
            }
        }

        if (batch.ForgetUpTo > 0)
        {
            Run(_forget, transaction, (long)batch.ForgetUpTo);
        }

        Run(_sequence, transaction, batch.Entries[^1].Sequence.ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
        _lastNumber = lastNumber;
        foreach (var (key, number) in numbers)
        {
            if (number is { } kept)
            {
                _numbers[key] = kept;
            }
            else
            {
                _numbers.Remove(key);
            }
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _put, _remove, _journal, _forget, _sequence })
        {
            command.Dispose();
        }
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${i}", null));
        }

        return command;
    }
}
