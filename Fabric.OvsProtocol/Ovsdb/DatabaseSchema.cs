using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>One column of a table: its type, and whether it may change and must last (RFC 7047, section 3.2, &lt;column-schema&gt;).</summary>
public sealed record ColumnSchema(string Name, ColumnType Type, bool IsEphemeral, bool IsMutable);

/// <summary>A table: its columns, its unique indexes, how many rows it may have (RFC 7047, section 3.2, &lt;table-schema&gt;).</summary>
public sealed record TableSchema(
    string Name, IReadOnlyDictionary<string, ColumnSchema> Columns, IReadOnlyList<IReadOnlyList<string>> Indexes, bool IsRoot, int MostRows);

/// <summary>A database's tables under their names, and its version (RFC 7047, section 3.2, &lt;database-schema&gt;).</summary>
public sealed record DatabaseSchema(string Name, string Version, string? Checksum, IReadOnlyDictionary<string, TableSchema> Tables)
{
    /// <exception cref="OvsdbSyntaxException">The JSON is no schema; the message names the part.</exception>
    public static DatabaseSchema Read(JsonElement json)
    {
        var tables = new Dictionary<string, TableSchema>(StringComparer.Ordinal);
        foreach (var table in SchemaJson.Member(json, "tables").EnumerateObject())
        {
            tables.Add(table.Name, ReadTable(table.Name, table.Value));
        }

        foreach (var (table, column) in tables.Values.SelectMany(table => table.Columns.Values.Select(column => (table, column))))
        {
            foreach (string target in new[] { column.Type.Key.RefersTo, column.Type.Value?.RefersTo }.OfType<string>())
            {
                if (!tables.ContainsKey(target))
                {
                    throw new OvsdbSyntaxException($"column {column.Name} of {table.Name} refers to {target}, which is no table");
                }
            }
        }

        return new DatabaseSchema(SchemaJson.Text(json, "name"), SchemaJson.Text(json, "version"), SchemaJson.TextOrNull(json, "cksum"), tables);
    }

    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        if (Checksum is not null)
        {
            json.WriteString("cksum", Checksum);
        }

        json.WriteString("name", Name);
        json.WriteStartObject("tables");
        foreach (var table in Tables.Values)
        {
            json.WritePropertyName(table.Name);
            WriteTable(json, table);
        }

        json.WriteEndObject();
        json.WriteString("version", Version);
        json.WriteEndObject();
    }

    private static TableSchema ReadTable(string name, JsonElement json)
    {
        var columns = new Dictionary<string, ColumnSchema>(StringComparer.Ordinal);
        foreach (var column in SchemaJson.Member(json, "columns").EnumerateObject())
        {
            if (!Atom.IsId(column.Name) || column.Name.StartsWith('_'))
            {
                throw new OvsdbSyntaxException($"\"{column.Name}\" in table {name} is no name for a column");
            }

            columns.Add(column.Name, new ColumnSchema(
                column.Name,
                ColumnType.Read(SchemaJson.Member(column.Value, "type")),
                SchemaJson.Flag(column.Value, "ephemeral", false),
                SchemaJson.Flag(column.Value, "mutable", true)));
        }

        List<IReadOnlyList<string>> indexes = [];
        if (json.TryGetProperty("indexes", out var sets))
        {
            foreach (var set in sets.EnumerateArray())
            {
                string[] names = [.. set.EnumerateArray().Select(item => item.GetString()!)];
                if (names.FirstOrDefault(column => !columns.ContainsKey(column)) is { } unknown)
                {
                    throw new OvsdbSyntaxException($"an index of {name} names {unknown}, which is no column");
                }

                indexes.Add(names);
            }
        }

        return new TableSchema(name, columns, indexes, SchemaJson.Flag(json, "isRoot", false), (int)(SchemaJson.WholeOrNull(json, "maxRows") ?? int.MaxValue));
    }

    private static void WriteTable(Utf8JsonWriter json, TableSchema table)
    {
        json.WriteStartObject();
        json.WriteStartObject("columns");
        foreach (var column in table.Columns.Values)
        {
            json.WriteStartObject(column.Name);
            if (column.IsEphemeral)
            {
                json.WriteBoolean("ephemeral", true);
            }

            if (!column.IsMutable)
            {
                json.WriteBoolean("mutable", false);
            }

            json.WritePropertyName("type");
            column.Type.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (table.Indexes.Count > 0)
        {
            json.WriteStartArray("indexes");
            foreach (var index in table.Indexes)
            {
                json.WriteStartArray();
                foreach (string column in index)
                {
                    json.WriteStringValue(column);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        if (table.IsRoot)
        {
            json.WriteBoolean("isRoot", true);
        }

        if (table.MostRows != int.MaxValue)
        {
            json.WriteNumber("maxRows", table.MostRows);
        }

        json.WriteEndObject();
    }
}
