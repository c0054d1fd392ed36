using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>One change of a column from what it holds (RFC 7047, section 5.1, &lt;mutation&gt;).</summary>
internal sealed class Mutation
{
    private readonly ColumnSchema _column;
    private readonly string _mutator;
    private readonly Datum _value;

    private Mutation(ColumnSchema column, string mutator, Datum value)
    {
        _column = column;
        _mutator = mutator;
        _value = value;
    }

    public static Mutation Read(JsonElement json, TableLayout table, Cells cells)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 3
            || json[0].ValueKind != JsonValueKind.String || json[1].ValueKind != JsonValueKind.String)
        {
            throw new OperationException(new OvsdbError("syntax error", $"{json.GetRawText()}: a mutation is [column, mutator, value]"));
        }

        string name = json[0].GetString()!;
        string mutator = json[1].GetString()!;
        int place = table.PlaceOf(name);
        if (place < 0)
        {
            throw new OperationException(name is "_uuid" or "_version"
                ? OvsdbError.Constraint($"Cannot mutate immutable column {name} in table {table.Name}.")
                : OvsdbError.UnknownColumn(name, table.Name));
        }

        var column = table.Columns[place];
        if (!column.IsMutable)
        {
            throw new OperationException(OvsdbError.Constraint($"Cannot mutate immutable column {name} in table {table.Name}."));
        }

        return new Mutation(column, mutator, cells.ReadAny(json[2], Operand(column.Type, mutator, json[2], name), name));
    }

    public Row Apply(Row row)
    {
        int place = row.Table.PlaceOf(_column.Name);
        var mutated = _mutator switch
        {
            "insert" => Insert(row[place]),
            "delete" => Delete(row[place]),
            _ => Datum.OfSet(row[place].Keys.Select(key => Calculate(key, _value.Single!.Value))),
        };
        return _column.Type.Refuse(mutated) is { } wrong
            ? throw new OperationException(OvsdbError.Constraint($"Attempted to store {wrong} in column {_column.Name}."))
            : row.With(place, mutated);
    }

    private static ColumnType Operand(ColumnType type, string mutator, JsonElement value, string name)
    {
        bool number = !type.IsMap && type.Key.Kind is AtomKind.Integer or AtomKind.Real;
        switch (mutator)
        {
            case "+=" or "-=" or "*=" or "/=" when number:
            case "%=" when number && type.Key.Kind == AtomKind.Integer:
                return ColumnType.Scalar(new ScalarType(type.Key.Kind));
            case "insert" when !type.IsScalar:
                return type.IsMap ? type : ColumnType.SetOf(type.Key, 0, int.MaxValue);
            case "delete" when !type.IsScalar:
                bool pairs = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value[0].ValueKind == JsonValueKind.String && value[0].ValueEquals("map");
                return type.IsMap && pairs ? type : ColumnType.SetOf(type.Key, 0, int.MaxValue);
            case "+=" or "-=" or "*=" or "/=" or "%=" or "insert" or "delete":
                throw new OperationException(new OvsdbError("syntax error", $"Type mismatch: \"{mutator}\" operator may not be applied to column {name}."));
            default:
                throw new OperationException(new OvsdbError("unknown mutator", $"No mutator named {mutator}."));
        }
    }

    /// <summary>A key that is there already keeps its value.</summary>
    private Datum Insert(Datum cell)
        => _column.Type.IsMap ? Datum.OfMap(_value.Pairs().Concat(cell.Pairs())) : Datum.OfSet(cell.Keys.Concat(_value.Keys));

    private Datum Delete(Datum cell)
    {
        if (!_column.Type.IsMap)
        {
            return Datum.OfSet(cell.Keys.Where(key => !_value.Contains(key)));
        }

        return Datum.OfMap(cell.Pairs().Where(pair => _value.Values.Count > 0
            ? !(_value.TryGet(pair.Key, out var value) && value == pair.Value)
            : !_value.Contains(pair.Key)));
    }

    private Atom Calculate(Atom left, Atom right)
    {
        if (left.Kind == AtomKind.Real)
        {
            double result = _mutator switch
            {
                "+=" => left.Real + right.Real,
                "-=" => left.Real - right.Real,
                "*=" => left.Real * right.Real,
                _ => right.Real == 0 ? throw DivisionByZero() : left.Real / right.Real,
            };
            return double.IsFinite(result) ? Atom.Of(result) : throw new OperationException(new OvsdbError("range error", "Result of mutation is out of range."));
        }

        try
        {
            return Atom.Of(_mutator switch
            {
                "+=" => checked(left.Integer + right.Integer),
                "-=" => checked(left.Integer - right.Integer),
                "*=" => checked(left.Integer * right.Integer),
                _ when right.Integer == 0 => throw DivisionByZero(),
                "/=" => checked(left.Integer / right.Integer),
                _ => right.Integer == -1 ? 0 : left.Integer % right.Integer,
            });
        }
        catch (OverflowException)
        {
            throw new OperationException(new OvsdbError("range error", "Result of mutation is out of range."));
        }
    }

    private static OperationException DivisionByZero() => new(new OvsdbError("domain error", "Division by zero."));
}
