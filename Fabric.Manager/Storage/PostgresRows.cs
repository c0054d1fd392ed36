using System.Globalization;
using Fabric.Manager.Catalog;
using Npgsql;

namespace Fabric.Manager.Storage;

/// <summary>The statements of a turn at writing: what others wrote, and what this manager writes, a round trip each.</summary>
internal static class PostgresRows
{
    public static OthersWrites? ReadSince(NpgsqlConnection connection, ulong known)
    {
        ulong sequence = ulong.Parse((string)Scalar(connection, $"SELECT \"Value\" FROM \"Settings\" WHERE \"Key\" = '{StoredRows.SequenceKey}'")!, CultureInfo.InvariantCulture);
        if (sequence <= known)
        {
            return null;
        }

        var journal = new List<(ulong Sequence, ResourceKey Key)>();
        using (var ask = new NpgsqlCommand("SELECT \"Sequence\", \"Kind\", \"Id\" FROM \"Journal\" WHERE \"Sequence\" > $1 ORDER BY \"Sequence\", \"Ordinal\"", connection))
        {
            ask.Parameters.Add(new() { Value = (long)known });
            using var reader = ask.ExecuteReader();
            while (reader.Read())
            {
                journal.Add(((ulong)reader.GetInt64(0), new ResourceKey(reader.GetString(1), reader.GetString(2))));
            }
        }

        return journal.Count > 0 && journal[0].Sequence == known + 1
            ? new OthersWrites(sequence, false, journal, Now(connection, [.. journal.Select(change => change.Key).Distinct()]))
            : new OthersWrites(sequence, true, [], All(connection));
    }

    public static void Write(NpgsqlConnection connection, WriteBatch batch, string channel)
    {
        using var statements = new NpgsqlBatch(connection);
        var journal = batch.Entries.SelectMany(entry => entry.Changes.Select((change, ordinal) => (entry.Sequence, Ordinal: ordinal, change.Key, Deleted: change.After is null))).ToList();
        Add(
            statements,
            "INSERT INTO \"Journal\" (\"Sequence\", \"Ordinal\", \"Kind\", \"Id\", \"Deleted\") SELECT * FROM unnest($1, $2, $3, $4, $5)",
            journal.Select(change => (long)change.Sequence).ToArray(),
            journal.Select(change => change.Ordinal).ToArray(),
            journal.Select(change => change.Key.Kind).ToArray(),
            journal.Select(change => change.Key.Id).ToArray(),
            journal.Select(change => change.Deleted).ToArray());
        var last = StoredRows.LastChanges(batch.Entries);
        var put = last.Where(change => change.Value is not null).ToList();
        Add(
            statements,
            "INSERT INTO \"Resources\" (\"Kind\", \"Id\", \"Type\", \"Revision\", \"Body\") SELECT * FROM unnest($1, $2, $3, $4, $5) "
            + "ON CONFLICT (\"Kind\", \"Id\") DO UPDATE SET \"Type\" = excluded.\"Type\", \"Revision\" = excluded.\"Revision\", \"Body\" = excluded.\"Body\"",
            put.Select(change => change.Key.Kind).ToArray(),
            put.Select(change => change.Key.Id).ToArray(),
            put.Select(change => StoredRows.TypeOf(change.Value!)).ToArray(),
            put.Select(change => change.Value!.Revision).ToArray(),
            put.Select(change => ResourceJson.Store(change.Value!)).ToArray());
        var removed = last.Where(change => change.Value is null).Select(change => change.Key).ToList();
        Add(
            statements,
            "DELETE FROM \"Resources\" USING unnest($1, $2) AS gone (kind, id) WHERE \"Kind\" = kind AND \"Id\" = id",
            removed.Select(key => key.Kind).ToArray(),
            removed.Select(key => key.Id).ToArray());
        if (batch.ForgetUpTo > 0)
        {
            Add(statements, "DELETE FROM \"Journal\" WHERE \"Sequence\" <= $1", (long)batch.ForgetUpTo);
        }

        string sequence = batch.Entries[^1].Sequence.ToString(CultureInfo.InvariantCulture);
        Add(statements, $"UPDATE \"Settings\" SET \"Value\" = $1 WHERE \"Key\" = '{StoredRows.SequenceKey}'", sequence);
        Add(statements, "SELECT pg_notify($1, $2)", channel, sequence);
        statements.ExecuteNonQuery();
    }

    private static Dictionary<ResourceKey, ManagedResource?> Now(NpgsqlConnection connection, IReadOnlyList<ResourceKey> keys)
    {
        var now = keys.ToDictionary(key => key, _ => (ManagedResource?)null);
        using var ask = new NpgsqlCommand(
            "SELECT \"Kind\", \"Id\", \"Type\", \"Body\" FROM \"Resources\" JOIN unnest($1, $2) AS asked (kind, id) ON \"Kind\" = kind AND \"Id\" = id", connection);
        ask.Parameters.Add(new() { Value = keys.Select(key => key.Kind).ToArray() });
        ask.Parameters.Add(new() { Value = keys.Select(key => key.Id).ToArray() });
        using var reader = ask.ExecuteReader();
        while (reader.Read())
        {
            now[new ResourceKey(reader.GetString(0), reader.GetString(1))] = StoredRows.Read(reader.GetString(2), reader.GetString(3));
        }

        return now;
    }

    private static Dictionary<ResourceKey, ManagedResource?> All(NpgsqlConnection connection)
    {
        var all = new Dictionary<ResourceKey, ManagedResource?>();
        using var ask = new NpgsqlCommand("SELECT \"Kind\", \"Id\", \"Type\", \"Body\" FROM \"Resources\"", connection);
        using var reader = ask.ExecuteReader();
        while (reader.Read())
        {
            all[new ResourceKey(reader.GetString(0), reader.GetString(1))] = StoredRows.Read(reader.GetString(2), reader.GetString(3));
        }

        return all;
    }

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static void Add(NpgsqlBatch statements, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        statements.BatchCommands.Add(command);
    }
}
