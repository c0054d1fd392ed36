using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>One clause of a where: a column, a function, a value (RFC 7047, section 5.1, &lt;condition&gt;).</summary>
internal sealed class Condition
{
    private readonly string _column;
    private readonly string _function;
    private readonly Datum _value;
    private readonly bool? _always;

    private Condition(string column, string function, Datum value, bool? always)
    {
        _column = column;
        _function = function;
        _value = value;
        _always = always;
    }

    /// <summary>The row that the clause names by its uuid; null: it does not.</summary>
    public Guid? Uuid => _always is null && _column == "_uuid" && _function == "==" ? _value.Single?.Uuid : null;

    /// <summary>A list of clauses. A monitor's may also be true or false (ovsdb-server(7), "monitor_cond").</summary>
    public static IReadOnlyList<Condition> ReadAll(JsonElement json, TableLayout table, Cells cells, bool constants = false)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        if (constants && json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return [Constant(json.GetBoolean())];
        }

        return json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(clause => Read(clause, table, cells, constants))]
            : throw new OperationException(new OvsdbError("syntax error", "where must be an array of conditions"));
    }

    public bool Holds(Row row)
    {
        if (_always is { } constant)
        {
            return constant;
        }

        var cell = Cells.Of(row, _column);
        return _function switch
        {
            "==" => cell.Equals(_value),
            "!=" => !cell.Equals(_value),
            "includes" => Includes(cell),
            "excludes" => Excludes(cell),
            _ => cell.Single is { } left && _value.Single is { } right && Compare(left, right),
        };
    }

    private static Condition Constant(bool value) => new("", "", Datum.Empty, value);

    private static Condition Read(JsonElement clause, TableLayout table, Cells cells, bool constants)
    {
        if (constants && clause.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Constant(clause.GetBoolean());
        }

        if (clause.ValueKind != JsonValueKind.Array || clause.GetArrayLength() != 3
            || clause[0].ValueKind != JsonValueKind.String || clause[1].ValueKind != JsonValueKind.String)
        {
            throw new OperationException(new OvsdbError("syntax error", $"{clause.GetRawText()}: a condition is [column, function, value]"));
        }

        string column = clause[0].GetString()!;
        string function = clause[1].GetString()!;
        var type = Cells.TypeOf(table, column);
        switch (function)
        {
            case "==" or "!=" or "includes" or "excludes":
                break;
            case "<" or "<=" or ">" or ">=" when (type.IsScalar || type.IsOptional) && type.Key.Kind is AtomKind.Integer or AtomKind.Real:
                break;
            case "<" or "<=" or ">" or ">=":
                throw new OperationException(new OvsdbError("syntax error", $"Type mismatch: \"{function}\" operator may not be applied to column {column}."));
            default:
                throw new OperationException(new OvsdbError("unknown function", $"No function named {function}."));
        }

        return new Condition(column, function, cells.ReadAny(clause[2], type, column), null);
    }

    private bool Includes(Datum cell)
        => _value.Values.Count > 0 ? _value.Pairs().All(pair => cell.TryGet(pair.Key, out var value) && value == pair.Value) : _value.Keys.All(cell.Contains);

    private bool Excludes(Datum cell)
        => _value.Values.Count > 0 ? !_value.Pairs().Any(pair => cell.TryGet(pair.Key, out var value) && value == pair.Value) : !_value.Keys.Any(cell.Contains);

    private bool Compare(Atom left, Atom right) => _function switch
    {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    };
}
