using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Transactions;

namespace Fabric.NodeOvs.Ovsdb.Monitors;

/// <summary>What one client asked to be told of a database, and how it is told (RFC 7047, sections 4.1.5 and 4.1.6).</summary>
internal sealed class Monitor
{
    private readonly Dictionary<string, List<MonitoredTable>> _tables = new(StringComparer.Ordinal);

    private Monitor(JsonElement id, MonitorForm form)
    {
        Id = id;
        Form = form;
    }

    /// <summary>Any JSON that the client chose.</summary>
    public JsonElement Id { get; private set; }

    public MonitorForm Form { get; }

    /// <exception cref="OperationException">The requests name what the schema has not.</exception>
    public static Monitor Read(JsonElement id, JsonElement requests, Database database, MonitorForm form)
    {
        var monitor = new Monitor(id.Clone(), form);
        if (requests.ValueKind != JsonValueKind.Object)
        {
            throw new OperationException(new OvsdbError("syntax error", "monitor requests are an object"));
        }

        foreach (var table in requests.EnumerateObject())
        {
            var layout = database.Layouts.GetValueOrDefault(table.Name) ?? throw new OperationException(new OvsdbError("syntax error", $"no table named {table.Name}"));
            var each = table.Value.ValueKind == JsonValueKind.Array ? table.Value.EnumerateArray().ToArray() : [table.Value];
            monitor._tables.Add(table.Name, [.. each.Select(request => MonitoredTable.Read(layout, request, form == MonitorForm.Differences))]);
        }

        return monitor;
    }

    /// <summary>What there is now.</summary>
    public void WriteInitial(Utf8JsonWriter json, Database database)
    {
        json.WriteStartObject();
        foreach (var (name, requests) in _tables)
        {
            var rows = requests.SelectMany(request => request.Initial(database, Form)).DistinctBy(row => row.Uuid).ToList();
            if (rows.Count > 0)
            {
                json.WriteStartObject(name);
                foreach (var (uuid, write) in rows)
                {
                    json.WritePropertyName(uuid.ToString());
                    write(json);
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The table updates for changes; null: none that this client wants to know.</summary>
    public Action<Utf8JsonWriter>? Tell(IReadOnlyList<RowChange> changes)
        => Update(changes.SelectMany(change => Requests(change.Table.Name).Select(request => (change, request.Tell(change, Form)))));

    /// <summary>New conditions for tables, and what that changes in what the client sees.</summary>
    /// <exception cref="OperationException">The request names what this monitor does not watch.</exception>
    public Action<Utf8JsonWriter>? Rekey(JsonElement id, JsonElement requests, Database database)
    {
        var told = new List<(RowChange, Action<Utf8JsonWriter>?)>();
        foreach (var table in requests.EnumerateObject())
        {
            var watched = Requests(table.Name);
            if (watched.Count == 0)
            {
                throw new OperationException(new OvsdbError("syntax error", $"no table named {table.Name} is monitored"));
            }

            var each = table.Value.ValueKind == JsonValueKind.Array ? table.Value.EnumerateArray().ToArray() : [table.Value];
            foreach (var (request, where) in watched.Zip(each))
            {
                told.AddRange(request.Rekey(database, where.TryGetProperty("where", out var clauses) ? clauses : default)
                    .Select(change => (change, request.Tell(change, Form, asSeen: true))));
            }
        }

        Id = id.Clone();
        return Update(told);
    }

    private List<MonitoredTable> Requests(string table) => _tables.TryGetValue(table, out var requests) ? requests : [];

    private static Action<Utf8JsonWriter>? Update(IEnumerable<(RowChange Change, Action<Utf8JsonWriter>? Write)> told)
    {
        var tables = told.Where(each => each.Write is not null).GroupBy(each => each.Change.Table.Name)
            .Select(group => (group.Key, Rows: group.DistinctBy(each => each.Change.Uuid).Select(each => (each.Change.Uuid, each.Write)).ToArray())).ToArray();
        return tables.Length == 0 ? null : json =>
        {
            json.WriteStartObject();
            foreach (var (name, rows) in tables)
            {
                json.WriteStartObject(name);
                foreach (var (uuid, write) in rows)
                {
                    json.WritePropertyName(uuid.ToString());
                    write!(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        };
    }
}
