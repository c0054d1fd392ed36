using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>Columns and values as operations name them, with the names of rows that the transaction inserts resolved.</summary>
internal sealed class Cells(IReadOnlyDictionary<string, Guid> names)
{
    /// <summary>The pseudo-columns that every row has (RFC 7047, section 3.1).</summary>
    private static readonly ColumnType UuidType = ColumnType.Scalar(new ScalarType(AtomKind.Uuid));

    /// <summary>A value of a column's type, within its constraints.</summary>
    public Datum Read(JsonElement json, ColumnType type, string column)
    {
        var datum = ReadAny(json, type, column);
        return type.Refuse(datum) is { } wrong ? throw new OperationException(OvsdbError.Constraint($"{column}: {wrong}")) : datum;
    }

    /// <summary>A value of a column's kinds, of any size: what conditions and mutations compare with and add.</summary>
    public Datum ReadAny(JsonElement json, ColumnType type, string column)
        => Datum.TryRead(json, type, out var datum, out string? wrong)
            ? Resolve(datum!)
            : throw new OperationException(new OvsdbError("syntax error", $"{column}: {wrong}"));

    public static ColumnType TypeOf(TableLayout table, string column)
        => column is "_uuid" or "_version" ? UuidType : table.PlaceOf(column) is >= 0 and var place ? table.Columns[place].Type
            : throw new OperationException(OvsdbError.UnknownColumn(column, table.Name));

    public static Datum Of(Row row, string column) => column switch
    {
        "_uuid" => Datum.Of(Atom.Of(row.Uuid)),
        "_version" => Datum.Of(Atom.Of(row.Version)),
        _ => row[column],
    };

    /// <summary>The columns that a list names, or all; with the pseudo-columns when none are named.</summary>
    public static IReadOnlyList<string> Columns(TableLayout table, JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Undefined)
        {
            return [.. table.Columns.Select(column => column.Name), "_uuid", "_version"];
        }

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw new OperationException(new OvsdbError("syntax error", "columns must be an array of names"));
        }

        string[] columns = [.. list.EnumerateArray().Select(name => name.GetString()!)];
        foreach (string column in columns)
        {
            TypeOf(table, column);
        }

        return columns;
    }

    private Datum Resolve(Datum datum)
    {
        if (!datum.Keys.Any(key => key.IsNamed) && !datum.Values.Any(value => value.IsNamed))
        {
            return datum;
        }

        return datum.Values.Count > 0
            ? Datum.OfMap(datum.Pairs().Select(pair => new KeyValuePair<Atom, Atom>(Resolve(pair.Key), Resolve(pair.Value))))
            : Datum.OfSet(datum.Keys.Select(Resolve));
    }

    private Atom Resolve(Atom atom)
        => !atom.IsNamed ? atom
            : names.TryGetValue(atom.Text, out var uuid) ? Atom.Of(uuid)
            : throw new OperationException(new OvsdbError("syntax error", $"no operation of this transaction inserts a row named \"{atom.Text}\""));
}
