using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Fabric.Manager.Storage;

/// <summary>
/// A PostgreSQL database, which several managers share. Their commits take turns by an advisory lock held until the commit is done
/// (postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS); who has the turn reads first what others wrote since, so every write
/// sees all writes before it. Each commit notifies the others, and who misses that asks every second.
/// </summary>
internal sealed class PostgresDatabase : IResourceDatabase
{
    private const string Channel = "fabric_manager";
    private const long TurnLock = 0x4661_6272_6963; // "Fabric": any number that no other program on the database takes
    private const string AliveFor = "10 seconds";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<ManagerDb> _db;
    private NpgsqlConnection? _listening;

    public PostgresDatabase(IOptions<ManagerOptions> options)
    {
        _source = NpgsqlDataSource.Create(PostgresAddress.Read(options.Value.Database));
        _db = new DbContextOptionsBuilder<ManagerDb>().UseNpgsql(_source).Options;
    }

    public DatabaseContent Open(IdSource ids, int journalKept)
    {
        try
        {
            using var db = new ManagerDb(_db);
            db.Database.OpenConnection();
            db.Database.ExecuteSql($"SELECT pg_advisory_lock({TurnLock})"); // of the session: managers that start together create the tables one after the other
            try
            {
                db.Database.EnsureCreated();
                return StoredRows.ReadAll(db, ids, journalKept);
            }
            finally
            {
                db.Database.ExecuteSql($"SELECT pg_advisory_unlock({TurnLock})");
            }
        }
        catch (NpgsqlException unreachable)
        {
            throw new InvalidOperationException($"the database cannot be opened: {unreachable.Message}", unreachable);
        }
    }

    public void Commit(ulong known, Func<OthersWrites?, WriteBatch> run)
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using (var turn = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({TurnLock})", connection, transaction))
        {
            turn.ExecuteNonQuery();
        }

        var batch = run(PostgresRows.ReadSince(connection, known));
        if (batch.Entries.Count > 0)
        {
            PostgresRows.Write(connection, batch, Channel);
            transaction.Commit();
        }
    }

    public OthersWrites? ReadSince(ulong known)
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead); // one moment, without a turn
        return PostgresRows.ReadSince(connection, known);
    }

    public async Task WaitForOthersAsync(CancellationToken cancellation)
    {
        if (_listening is null)
        {
            var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            _listening = connection;
        }

        try
        {
            await _listening.WaitAsync(PollInterval, cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            await _listening.DisposeAsync().ConfigureAwait(false);
            _listening = null;
            throw;
        }
    }

    public IReadOnlyList<ClusterMember> Beat(ClusterMember self)
    {
        using var connection = _source.OpenConnection();
        using (var beat = new NpgsqlCommand(
            "INSERT INTO \"Members\" (\"Id\", \"Address\", \"StartedAt\", \"Seen\") VALUES ($1, $2, $3, now()) "
            + "ON CONFLICT (\"Id\") DO UPDATE SET \"Address\" = $2, \"StartedAt\" = $3, \"Seen\" = now()", connection))
        {
            beat.Parameters.Add(new() { Value = self.Id });
            beat.Parameters.Add(new() { Value = self.Address });
            beat.Parameters.Add(new() { Value = self.StartedAt });
            beat.ExecuteNonQuery();
        }

        using var ask = new NpgsqlCommand(
            $"SELECT \"Id\", \"Address\", \"StartedAt\", \"Seen\" > now() - interval '{AliveFor}' FROM \"Members\" ORDER BY \"StartedAt\", \"Id\"", connection);
        using var reader = ask.ExecuteReader();
        var members = new List<ClusterMember>();
        while (reader.Read())
        {
            members.Add(new ClusterMember(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetBoolean(3)));
        }

        return members;
    }

    public void Leave(ClusterMember self)
    {
        using var command = _source.CreateCommand("DELETE FROM \"Members\" WHERE \"Id\" = $1");
        command.Parameters.Add(new() { Value = self.Id });
        command.ExecuteNonQuery();
    }

    public string? Setting(string key)
    {
        using var db = new ManagerDb(_db);
        return StoredRows.Setting(db, key);
    }

    public void SetSetting(string key, string value)
    {
        using var db = new ManagerDb(_db);
        StoredRows.SetSetting(db, key, value);
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _source.Dispose();
    }
}
