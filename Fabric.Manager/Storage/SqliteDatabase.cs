using Fabric.Manager.Catalog;
using Fabric.Manager.Security;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Storage;

/// <summary>
/// A SQLite file: one connection, held with an exclusive lock so that two managers never share a file. In WAL mode with synchronous FULL a
/// commit is on disk before it returns (sqlite.org/pragma.html#pragma_synchronous).
/// </summary>
internal sealed class SqliteDatabase(IOptions<ManagerOptions> options) : IResourceDatabase
{
    private const int Busy = 5; // SQLITE_BUSY

    /// <summary>One at a time: the library runs no further than the first of several that answers rows. The transaction takes the lock.</summary>
    private static readonly string[] Opening =
        ["PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-32768", "PRAGMA wal_autocheckpoint=4000", "BEGIN EXCLUSIVE", "COMMIT"];

    private SqliteConnection? _connection;
    private DbContextOptions<ManagerDb>? _db;
    private SqliteWrites? _writes;

    public DatabaseContent Open(IdSource ids, int journalKept)
    {
        string path = Path.GetFullPath(options.Value.Data);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            OwnerFile.Write(path, ""); // SQLite gives its write-ahead log the mode of the file it finds
        }

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            foreach (string statement in Opening)
            {
                Execute(statement);
            }
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
        {
            throw new InvalidOperationException($"{path} is in use by another process", busy);
        }

        _db = new DbContextOptionsBuilder<ManagerDb>().UseSqlite(_connection).Options;
        using var db = new ManagerDb(_db);
        db.Database.EnsureCreated();
        var numbers = new Dictionary<ResourceKey, long>();
        var content = StoredRows.ReadAll(db, ids, journalKept, row => numbers.Add(new ResourceKey(row.Kind, row.Id), row.Number));
        _writes = new SqliteWrites(_connection, numbers);
        return content;
    }

    public void Commit(ulong known, Func<OthersWrites?, WriteBatch> run)
    {
        var batch = run(null);
        if (batch.Entries.Count > 0)
        {
            _writes!.Write(batch);
        }
    }

    public OthersWrites? ReadSince(ulong known) => null;

    public Task WaitForOthersAsync(CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    public IReadOnlyList<ClusterMember> Beat(ClusterMember self) => [self];

    public void Leave(ClusterMember self)
    {
        // nobody else is there to hear it
    }

    public string? Setting(string key)
    {
        using var db = new ManagerDb(_db!);
        return StoredRows.Setting(db, key);
    }

    public void SetSetting(string key, string value)
    {
        using var db = new ManagerDb(_db!);
        StoredRows.SetSetting(db, key, value);
    }

    /// <summary>A setting of the database itself.</summary>
    public string? Pragma(string name)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return command.ExecuteScalar()?.ToString();
    }

    public void Dispose()
    {
        _writes?.Dispose();
        _connection?.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
