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

    public SqliteWrites(SqliteConnection connection)
    {
        _connection = connection;
        _put = Prepare(
            "INSERT INTO \"Resources\" (\"Kind\", \"Id\", \"Type\", \"Revision\", \"Body\") VALUES ($1, $2, $3, $4, $5) "
            + "ON CONFLICT (\"Kind\", \"Id\") DO UPDATE SET \"Type\" = $3, \"Revision\" = $4, \"Body\" = $5", 5);
        _remove = Prepare("DELETE FROM \"Resources\" WHERE \"Kind\" = $1 AND \"Id\" = $2", 2);
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

        foreach (var (key, after) in StoredRows.LastChanges(batch.Entries))
        {
            if (after is null)
            {
                Run(_remove, transaction, key.Kind, key.Id);
            }
            else
            {
                Run(_put, transaction, key.Kind, key.Id, StoredRows.TypeOf(after), after.Revision, ResourceJson.Store(after));
            }
        }

        if (batch.ForgetUpTo > 0)
        {
            Run(_forget, transaction, (long)batch.ForgetUpTo);
        }

        Run(_sequence, transaction, batch.Entries[^1].Sequence.ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
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
