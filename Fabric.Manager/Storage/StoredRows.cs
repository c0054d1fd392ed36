using System.Globalization;
using System.Text.Json;
using Fabric.Manager.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Manager.Storage;

/// <summary>Rows to records and back, the same for every database.</summary>
internal static class StoredRows
{
    public const string EpochKey = "epoch";
    public const string SequenceKey = "sequence";

    private static readonly Dictionary<string, Type> RecordTypes = typeof(ManagedResource).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ManagedResource)))
        .ToDictionary(type => type.Name);

    public static ManagedResource Read(string type, string body)
        => RecordTypes.TryGetValue(type, out var record)
            ? (ManagedResource)JsonSerializer.Deserialize(body, record, ResourceJson.Stored)!
            : throw new InvalidDataException($"the database holds a {type}, which this version does not know");

    public static string TypeOf(ManagedResource resource) => resource.GetType().Name;

    /// <summary>Everything in an open database, which gets an epoch if it is new.</summary>
    public static DatabaseContent ReadAll(ManagerDb db, IdSource ids, int journalKept, Action<ResourceRow>? seen = null)
    {
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
            model = model.With(Read(row.Type, row.Body));
            seen?.Invoke(row);
        }

        var (start, journal) = ReadJournal(db, journalKept);
        return new DatabaseContent(epoch.Value, model.At(sequence), start, journal);
    }

    public static string? Setting(ManagerDb db, string key) => db.Settings.AsNoTracking().FirstOrDefault(setting => setting.Key == key)?.Value;

    public static void SetSetting(ManagerDb db, string key, string value)
    {
        db.Settings.Where(setting => setting.Key == key).ExecuteDelete();
        db.Settings.Add(new SettingRow { Key = key, Value = value });
        db.SaveChanges();
    }

    /// <summary>What each resource is at the end of a commit, each once: made and removed within it is removed.</summary>
    public static Dictionary<ResourceKey, ManagedResource?> LastChanges(IReadOnlyList<JournalEntry> entries)
    {
        var last = new Dictionary<ResourceKey, ManagedResource?>();
        foreach (var change in entries.SelectMany(entry => entry.Changes))
        {
            last[change.Key] = change.After;
        }

        return last;
    }

    private static (ulong Start, List<(ulong Sequence, ResourceKey Key)> Journal) ReadJournal(ManagerDb db, int kept)
    {
        var rows = db.Journal.AsNoTracking().OrderByDescending(row => row.Sequence).ThenByDescending(row => row.Ordinal).Take(kept).ToList();
        rows.Reverse();
        if (rows.Count < kept)
        {
            ulong first = rows.Count > 0 ? (ulong)rows[0].Sequence - 1 : 0; // older ones were forgotten while running
            return (first, [.. rows.Select(row => ((ulong)row.Sequence, new ResourceKey(row.Kind, row.Id)))]);
        }

        long oldest = rows[0].Sequence; // perhaps not whole
        return ((ulong)oldest, [.. rows.Where(row => row.Sequence > oldest).Select(row => ((ulong)row.Sequence, new ResourceKey(row.Kind, row.Id)))]);
    }
}
