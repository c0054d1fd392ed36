using System.Globalization;
using System.Text.Json;
using Fabric.Manager.Catalog;
using Fabric.Manager.Security;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Storage;

/// <summary>What a database file held when it was opened.</summary>
internal sealed record FileContent(string Epoch, FabricModel Model, ulong JournalStart, IReadOnlyList<(ulong Sequence, ResourceKey Key)> Journal);

/// <summary>
/// The SQLite file behind the store: one connection, held with an exclusive lock so that two managers never share a file. In WAL mode with
/// synchronous FULL a commit is on disk before it returns (sqlite.org/pragma.html#pragma_synchronous).
/// </summary>
internal sealed class ResourceFile(IOptions<ManagerOptions> options) : IDisposable
{
    private const string EpochKey = "epoch";
    private const string SequenceKey = "sequence";
    private const int Busy = 5; // SQLITE_BUSY

    /// <summary>One at a time: the library runs no further than the first of several that answers rows. The transaction takes the lock.</summary>
    private static readonly string[] Opening =
        ["PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "BEGIN EXCLUSIVE", "COMMIT"];

    private static readonly Dictionary<string, Type> RecordTypes = typeof(ManagedResource).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ManagedResource)))
        .ToDictionary(type => type.Name);

    private SqliteConnection? _connection;
    private DbContextOptions<ManagerDb>? _db;

    public FileContent Open(IdSource ids, int journalKept)
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
        var settings = db.Settings.ToDictionary(setting => setting.Key);
        if (!settings.TryGetValue(EpochKey, out var epoch))
        {
            epoch = new SettingRow { Key = EpochKey, Value = ids.Next() };
            db.Settings.AddRange(epoch, new SettingRow { Key = SequenceKey, Value = "0" });
            db.SaveChanges();
        }

        ulong sequence = settings.TryGetValue(SequenceKey, out var last) ? ulong.Parse(last.Value, CultureInfo.InvariantCulture) : 0;
        var model = FabricModel.Empty;
        foreach (var row in db.Resources.AsNoTracking())
        {
            model = model.With((ManagedResource)JsonSerializer.Deserialize(row.Body, RecordTypes[row.Type], ResourceJson.Stored)!);
        }

        var (start, journal) = ReadJournal(db, journalKept);
        return new FileContent(epoch.Value, model.At(sequence), start, journal);
    }

    /// <summary>All transactions at once; when it returns they are on disk.</summary>
    public void Write(IReadOnlyList<JournalEntry> entries)
    {
        using var db = new ManagerDb(_db!);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var lastChanges = new Dictionary<ResourceKey, (ManagedResource? First, ManagedResource? Last)>();
        foreach (var entry in entries)
        {
            int ordinal = 0;
            foreach (var change in entry.Changes)
            {
                lastChanges[change.Key] = (lastChanges.TryGetValue(change.Key, out var known) ? known.First : change.Before, change.After);
                db.Journal.Add(new JournalRow
                {
                    Sequence = (long)entry.Sequence,
                    Ordinal = ordinal++,
                    Kind = change.Key.Kind,
                    Id = change.Key.Id,
                    Deleted = change.After is null,
                });
            }
        }

        foreach (var (key, (first, last)) in lastChanges)
        {
            Track(db, key, first, last);
        }

        db.Update(new SettingRow { Key = SequenceKey, Value = entries[^1].Sequence.ToString(CultureInfo.InvariantCulture) });
        db.SaveChanges();
    }

    /// <summary>A setting of the manager itself. Only while nothing is written: at start.</summary>
    public string? Setting(string key)
    {
        using var db = new ManagerDb(_db!);
        return db.Settings.AsNoTracking().FirstOrDefault(setting => setting.Key == key)?.Value;
    }

    public void SetSetting(string key, string value)
    {
        using var db = new ManagerDb(_db!);
        db.Settings.Where(setting => setting.Key == key).ExecuteDelete();
        db.Settings.Add(new SettingRow { Key = key, Value = value });
        db.SaveChanges();
    }

    /// <summary>A setting of the database itself.</summary>
    public string? Pragma(string name)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return command.ExecuteScalar()?.ToString();
    }

    public void Dispose() => _connection?.Dispose();

    private static void Track(ManagerDb db, ResourceKey key, ManagedResource? before, ManagedResource? after)
    {
        if (before is null && after is null)
        {
            return; // made and removed within the batch
        }

        var row = new ResourceRow { Kind = key.Kind, Id = key.Id, Type = (after ?? before)!.GetType().Name, Revision = after?.Revision ?? 0, Body = after is null ? "" : ResourceJson.Store(after) };
        var entry = db.Entry(row);
        entry.State = before is null ? EntityState.Added : after is null ? EntityState.Deleted : EntityState.Modified;
        if (before is not null)
        {
            entry.Property(kept => kept.Revision).OriginalValue = before.Revision;
        }
    }

    private static (ulong Start, List<(ulong Sequence, ResourceKey Key)> Journal) ReadJournal(ManagerDb db, int kept)
    {
        var rows = db.Journal.AsNoTracking().OrderByDescending(row => row.Sequence).ThenByDescending(row => row.Ordinal).Take(kept).ToList();
        if (rows.Count < kept)
        {
            rows.Reverse();
            return (0, [.. rows.Select(row => ((ulong)row.Sequence, new ResourceKey(row.Kind, row.Id)))]);
        }

        long oldest = rows[^1].Sequence; // perhaps not whole
        db.Journal.Where(row => row.Sequence <= oldest).ExecuteDelete();
        rows.Reverse();
        return ((ulong)oldest, [.. rows.Where(row => row.Sequence > oldest).Select(row => ((ulong)row.Sequence, new ResourceKey(row.Kind, row.Id)))]);
    }

    private void Execute(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
