using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Transactions;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Monitors;

/// <summary>What one monitor request wants to know of one table: which columns, which rows, which kinds of change (RFC 7047, section 4.1.5).</summary>
internal sealed class MonitoredTable
{
    private static readonly Cells NoNames = new(new Dictionary<string, Guid>());

    private readonly int[] _places;
    private readonly bool _initial;
    private readonly bool _insert;
    private readonly bool _delete;
    private readonly bool _modify;
    private IReadOnlyList<Condition> _where;

    private MonitoredTable(TableLayout table, int[] places, IReadOnlyList<Condition> where, JsonElement select)
    {
        Table = table;
        _places = places;
        _where = where;
        _initial = Wanted(select, "initial");
        _insert = Wanted(select, "insert");
        _delete = Wanted(select, "delete");
        _modify = Wanted(select, "modify");
    }

    public TableLayout Table { get; }

    /// <exception cref="OperationException">The request names what the table has not.</exception>
    public static MonitoredTable Read(TableLayout table, JsonElement request, bool conditional)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw new OperationException(new OvsdbError("syntax error", "a monitor request is an object"));
        }

        var names = Cells.Columns(table, request.TryGetProperty("columns", out var columns) ? columns : default).Where(name => table.PlaceOf(name) >= 0);
        return new MonitoredTable(
            table,
            [.. names.Select(table.PlaceOf)],
            conditional && request.TryGetProperty("where", out var where) ? Condition.ReadAll(where, table, NoNames, constants: true) : [],
            request.TryGetProperty("select", out var select) ? select : default);
    }

    /// <summary>Sees other rows from now on: what it no longer sees counts as deleted, what it newly sees as inserted.</summary>
    public IEnumerable<RowChange> Rekey(Database database, JsonElement where)
    {
        var next = Condition.ReadAll(where, Table, NoNames, constants: true);
        var before = _where;
        _where = next;
        foreach (var row in database.Rows(Table.Name).Values)
        {
            bool seen = Sees(row, before);
            if (seen != Sees(row, next))
            {
                yield return seen ? new RowChange(row, null) : new RowChange(null, row);
            }
        }
    }

    /// <summary>The rows there are, in the form of a first answer; empty when it did not ask for them.</summary>
    public IEnumerable<(Guid Uuid, Action<Utf8JsonWriter> Write)> Initial(Database database, MonitorForm form)
        => !_initial ? [] : database.Rows(Table.Name).Values.Where(row => Sees(row, _where))
            .Select(row => (row.Uuid, (Action<Utf8JsonWriter>)(json => WriteInsert(json, row, form, "initial"))));

    /// <summary>What to tell of a change; null: nothing that this request wants.</summary>
    /// <param name="change">A change of a row of this table.</param>
    /// <param name="form">How to tell it.</param>
    /// <param name="asSeen">The conditions were looked at already.</param>
    public Action<Utf8JsonWriter>? Tell(RowChange change, MonitorForm form, bool asSeen = false)
    {
        var before = change.Before is { } old && (asSeen || Sees(old, _where)) ? old : null;
        var after = change.After is { } now && (asSeen || Sees(now, _where)) ? now : null;
        return (before, after) switch
        {
            (null, null) => null,
            (null, { } row) => _insert ? json => WriteInsert(json, row, form, "insert") : null,
            ({ } row, null) => _delete ? json => WriteDelete(json, row, form) : null,
            var (left, right) when _modify && Changed(left!, right!) is { Length: > 0 } places => json => WriteModify(json, left!, right!, places, form),
            _ => null,
        };
    }

    private static bool Wanted(JsonElement select, string name)
        => select.ValueKind != JsonValueKind.Object || !select.TryGetProperty(name, out var flag) || flag.ValueKind != JsonValueKind.False;

    private static bool Sees(Row row, IReadOnlyList<Condition> where) => where.Count == 0 || where.Any(clause => clause.Holds(row)); // clauses of a monitor are alternatives

    private int[] Changed(Row before, Row after) => [.. _places.Where(place => !before[place].Equals(after[place]))];

    private void WriteInsert(Utf8JsonWriter json, Row row, MonitorForm form, string kind)
    {
        json.WriteStartObject();
        json.WritePropertyName(form == MonitorForm.Rows ? "new" : kind);
        WriteCells(json, row, form == MonitorForm.Rows ? _places : _places.Where(place => !row[place].Equals(Table.Columns[place].Type.Default)));
        json.WriteEndObject();
    }

    private void WriteDelete(Utf8JsonWriter json, Row row, MonitorForm form)
    {
        json.WriteStartObject();
        if (form == MonitorForm.Rows)
        {
            json.WritePropertyName("old");
            WriteCells(json, row, _places);
        }
        else
        {
            json.WriteNull("delete");
        }

        json.WriteEndObject();
    }

    private void WriteModify(Utf8JsonWriter json, Row before, Row after, int[] places, MonitorForm form)
    {
        json.WriteStartObject();
        if (form == MonitorForm.Rows)
        {
            json.WritePropertyName("new");
            WriteCells(json, after, _places);
            json.WritePropertyName("old");
            WriteCells(json, before, places);
        }
        else
        {
            json.WriteStartObject("modify");
            foreach (int place in places)
            {
                json.WritePropertyName(Table.Columns[place].Name);
                var type = Table.Columns[place].Type;
                Difference(before[place], after[place], type).Write(json, type);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteCells(Utf8JsonWriter json, Row row, IEnumerable<int> places)
    {
        json.WriteStartObject();
        foreach (int place in places)
        {
            json.WritePropertyName(Table.Columns[place].Name);
            row[place].Write(json, Table.Columns[place].Type);
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// What turns one content into the other (ovsdb-server(7), "update2"): of at most one value the new one; of a set the values in one of both;
    /// of a map the pairs that are new or changed, with the new value, and those that went, with the old.
    /// </summary>
    private static Datum Difference(Datum before, Datum after, ColumnType type)
    {
        if (type.IsMap)
        {
            return Datum.OfMap(after.Pairs().Where(pair => !(before.TryGet(pair.Key, out var old) && old == pair.Value))
                .Concat(before.Pairs().Where(pair => !after.Contains(pair.Key))));
        }

        return type.Most == 1 ? after : Datum.OfSet(before.Keys.Where(key => !after.Contains(key)).Concat(after.Keys.Where(key => !before.Contains(key))));
    }
}
