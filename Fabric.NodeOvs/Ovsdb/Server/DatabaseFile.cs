using System.Buffers;
using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Server;

/// <summary>
/// The database on disk: one line of JSON per transaction, appended. What was answered is in the file; a line that a crash cut short was not
/// answered and is dropped. Columns that need not last are not kept. When the file has grown to twice what it holds it is written anew.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    private const long SmallestToCompact = 1024 * 1024;

    private readonly string _path;
    private FileStream _file;
    private long _compactAt;

    private DatabaseFile(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Opens or makes the file, and fills a database that is empty.</summary>
    /// <exception cref="InvalidDataException">A line before the last is damaged; the message numbers it.</exception>
    public static DatabaseFile Open(string path, Database database)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 64 * 1024);
        try
        {
            long whole = Replay(stream, path, database);
            stream.SetLength(whole);
            stream.Seek(0, SeekOrigin.End);
            var file = new DatabaseFile(path, stream);
            file._compactAt = Math.Max(SmallestToCompact, whole * 2);
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends what a transaction changed.</summary>
    /// <param name="changes">All of one transaction.</param>
    /// <param name="mustLast">Also through a power cut, not just the end of this process.</param>
    /// <param name="database">With the changes made: written anew when the file has grown too long.</param>
    public void Append(IReadOnlyList<RowChange> changes, bool mustLast, Database database)
    {
        if (!Write(_file, changes))
        {
            return;
        }

        _file.Flush(mustLast);
        if (_file.Length >= _compactAt)
        {
            Compact(database);
        }
    }

    public void Dispose() => _file.Dispose();

    private static long Replay(FileStream stream, string path, Database database)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        byte[] bytes = reader.ReadBytes(checked((int)stream.Length));
        long whole = 0;
        int line = 0;
        while (whole < bytes.Length && Array.IndexOf(bytes, (byte)'\n', (int)whole) is >= 0 and var end)
        {
            line++;
            try
            {
                using var document = JsonDocument.Parse(bytes.AsMemory((int)whole, end - (int)whole));
                database.Apply(Read(document.RootElement, database));
            }
            catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{path}, line {line}: no transaction of this database ({damaged.Message})", damaged);
            }

            whole = end + 1;
        }

        return whole;
    }

    private static List<RowChange> Read(JsonElement transaction, Database database)
    {
        var changes = new List<RowChange>();
        foreach (var table in transaction.EnumerateObject())
        {
            var layout = database.Layouts[table.Name];
            foreach (var row in table.Value.EnumerateObject())
            {
                var uuid = Guid.Parse(row.Name);
                var before = database.Find(layout, uuid);
                changes.Add(new RowChange(before, row.Value.ValueKind == JsonValueKind.Null ? null : Read(layout.NewRow(uuid, uuid), row.Value)));
            }
        }

        return changes;
    }

    private static Row Read(Row row, JsonElement cells)
    {
        foreach (var cell in cells.EnumerateObject())
        {
            int place = row.Table.PlaceOf(cell.Name);
            if (cell.Name == "_version")
            {
                row = row.At(cell.Value.GetGuid());
            }
            else if (place >= 0) // a column that the schema lost since
            {
                row = Datum.TryRead(cell.Value, row.Table.Columns[place].Type, out var datum, out string? wrong)
                    ? row.With(place, datum!)
                    : throw new FormatException($"{cell.Name}: {wrong}");
            }
        }

        return row;
    }

    private static bool Write(FileStream file, IReadOnlyList<RowChange> changes)
    {
        var lasting = changes.Where(Lasts).GroupBy(change => change.Table).ToArray();
        if (lasting.Length == 0)
        {
            return false;
        }

        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var table in lasting)
            {
                json.WriteStartObject(table.Key.Name);
                foreach (var change in table)
                {
                    json.WritePropertyName(change.Uuid.ToString());
                    Write(json, change.After);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        file.Write(bytes.WrittenSpan);
        return true;
    }

    private static bool Lasts(RowChange change)
        => change.Before is not { } before || change.After is not { } after
            || Enumerable.Range(0, change.Table.Columns.Count).Any(place => !change.Table.Columns[place].IsEphemeral && !before[place].Equals(after[place]));

    private static void Write(Utf8JsonWriter json, Row? row)
    {
        if (row is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("_version", row.Version);
        for (int place = 0; place < row.Table.Columns.Count; place++)
        {
            var column = row.Table.Columns[place];
            if (!column.IsEphemeral && !row[place].Equals(column.Type.Default))
            {
                json.WritePropertyName(column.Name);
                row[place].Write(json, column.Type);
            }
        }

        json.WriteEndObject();
    }

    private void Compact(Database database)
    {
        string next = _path + ".new";
        var stream = new FileStream(next, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 64 * 1024);
        Write(stream, [.. database.Layouts.Keys.SelectMany(table => database.Rows(table).Values).Select(row => new RowChange(null, row))]);
        stream.Flush(flushToDisk: true);
        File.Move(next, _path, overwrite: true);
        _file.Dispose();
        _file = stream;
        _compactAt = Math.Max(SmallestToCompact, stream.Length * 2);
    }
}
