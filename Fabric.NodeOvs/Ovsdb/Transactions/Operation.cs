using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>One operation of a transaction (RFC 7047, section 5.2). New one: a member here and a line in <see cref="Read"/>.</summary>
internal abstract record Operation
{
    /// <summary>Does it, and says what stands in its place in the answer.</summary>
    public abstract Action<Utf8JsonWriter> Run(OperationContext context);

    /// <exception cref="OperationException">The JSON is no operation on this schema.</exception>
    public static Operation Read(JsonElement json, int number, int of, OperationContext context)
    {
        string op = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("op", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw new OperationException(OvsdbError.Syntax(number, of, "Required 'op' member is missing."));
        return op switch
        {
            "insert" => new Insert(TableOf(), json),
            "select" => new Select(TableOf(), Where(), Cells.Columns(TableOf(), Member("columns"))),
            "update" => new Update(TableOf(), Where(), Required("row")),
            "mutate" => new Mutate(TableOf(), Where(), [.. Required("mutations").EnumerateArray().Select(each => Mutation.Read(each, TableOf(), context.Cells))]),
            "delete" => new Delete(TableOf(), Where()),
            "wait" => new Wait(
                TableOf(),
                Where(),
                json.TryGetProperty("columns", out var columns) ? Cells.Columns(TableOf(), columns) : [.. TableOf().Columns.Select(column => column.Name)],
                Until(),
                [.. Required("rows").EnumerateArray()],
                json.TryGetProperty("timeout", out var timeout) && timeout.TryGetInt64(out long limit) ? limit : null,
                context.Cells),
            "commit" => new Commit(json.TryGetProperty("durable", out var durable) && durable.ValueKind == JsonValueKind.True),
            "abort" => new Abort(),
            "comment" => new Comment(),
            "assert" => new AssertLock(Required("lock").GetString() ?? ""),
            _ => throw new OperationException(OvsdbError.Syntax(number, of, $"No operation \"{op}\".")),
        };

        JsonElement Member(string member) => json.TryGetProperty(member, out var found) ? found : default;

        JsonElement Required(string member) => json.TryGetProperty(member, out var found)
            ? found
            : throw new OperationException(OvsdbError.Syntax(number, of, $"Required '{member}' member is missing."));

        TableLayout TableOf() => Required("table") is { ValueKind: JsonValueKind.String } table
            ? context.Set.Database.Layouts.TryGetValue(table.GetString()!, out var layout) ? layout : throw new OperationException(OvsdbError.Syntax(number, of, $"No table named {table}."))
            : throw new OperationException(OvsdbError.Syntax(number, of, "'table' must be a string."));

        IReadOnlyList<Condition> Where() => Condition.ReadAll(Required("where"), TableOf(), context.Cells);

        bool Until() => Required("until").GetString() switch
        {
            "==" => true,
            "!=" => false,
            var until => throw new OperationException(OvsdbError.Syntax(number, of, $"\"until\" must be \"==\" or \"!=\", not {until}.")),
        };
    }

    /// <summary>The rows that meet every clause, found by uuid where one is named.</summary>
    protected static IReadOnlyList<Row> Matching(WriteSet set, TableLayout table, IReadOnlyList<Condition> where)
    {
        var candidates = where.Select(clause => clause.Uuid).FirstOrDefault(uuid => uuid is not null) is { } one
            ? set.Find(table, one) is { } row ? [row] : Enumerable.Empty<Row>()
            : set.Rows(table);
        return [.. candidates.Where(row => where.All(clause => clause.Holds(row)))];
    }

    private static Action<Utf8JsonWriter> Count(int rows) => json =>
    {
        json.WriteStartObject();
        json.WriteNumber("count", rows);
        json.WriteEndObject();
    };

    private static void Nothing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    /// <summary>The cells that a row object writes into a row.</summary>
    private static Row Written(Row row, JsonElement json, Cells cells, bool isNew)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new OperationException(new OvsdbError("syntax error", "row must be an object"));
        }

        foreach (var member in json.EnumerateObject())
        {
            int place = row.Table.PlaceOf(member.Name);
            if (place < 0)
            {
                throw new OperationException(member.Name is "_uuid" or "_version"
                    ? OvsdbError.Constraint($"Cannot update immutable column {member.Name} in table {row.Table.Name}.")
                    : OvsdbError.UnknownColumn(member.Name, row.Table.Name));
            }

            var column = row.Table.Columns[place];
            var datum = cells.Read(member.Value, column.Type, member.Name);
            if (!column.IsMutable && !isNew)
            {
                throw new OperationException(OvsdbError.Constraint($"Cannot update immutable column {member.Name} in table {row.Table.Name}."));
            }

            row = row.With(place, datum);
        }

        return row;
    }

    internal sealed record Insert(TableLayout Table, JsonElement Json) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
        {
            var uuid = Json.TryGetProperty("uuid-name", out var name) && name.ValueKind == JsonValueKind.String
                ? context.Names[name.GetString()!]
                : Transaction.Given(Json) ?? context.NewId();
            if (context.Set.Find(Table, uuid) is not null)
            {
                throw new OperationException(new OvsdbError("duplicate uuid", $"Row with UUID {uuid} already exists."));
            }

            var row = Written(Table.NewRow(uuid, uuid), Json.TryGetProperty("row", out var cells) ? cells : throw new OperationException(new OvsdbError("syntax error", "Required 'row' member is missing.")), context.Cells, isNew: true);
            for (int i = 0; i < Table.Columns.Count; i++)
            {
                // Defaults are not checked when they are read: a set that may not be empty is, until somebody writes it.
                if (row[i].Count < Table.Columns[i].Type.Least || (Table.Columns[i].Type.Key.RefersTo is not null && row[i].Keys.Contains(Atom.Of(Guid.Empty))))
                {
                    throw new OperationException(OvsdbError.Constraint($"column {Table.Columns[i].Name} of {Table.Name} must have at least {Table.Columns[i].Type.Least} value"));
                }
            }

            context.Set.Put(row);
            return json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("uuid");
                Atom.Of(uuid).Write(json);
                json.WriteEndObject();
            };
        }
    }

    internal sealed record Select(TableLayout Table, IReadOnlyList<Condition> Where, IReadOnlyList<string> Columns) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
        {
            var rows = Matching(context.Set, Table, Where);
            return json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("rows");
                foreach (var row in rows)
                {
                    json.WriteStartObject();
                    foreach (string column in Columns)
                    {
                        json.WritePropertyName(column);
                        Cells.Of(row, column).Write(json, Cells.TypeOf(Table, column));
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            };
        }
    }

    internal sealed record Update(TableLayout Table, IReadOnlyList<Condition> Where, JsonElement Row) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
        {
            var rows = Matching(context.Set, Table, Where);
            foreach (var row in rows)
            {
                context.Set.Put(Written(row, Row, context.Cells, isNew: false));
            }

            return Count(rows.Count);
        }
    }

    internal sealed record Mutate(TableLayout Table, IReadOnlyList<Condition> Where, IReadOnlyList<Mutation> Mutations) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
        {
            var rows = Matching(context.Set, Table, Where);
            foreach (var row in rows)
            {
                context.Set.Put(Mutations.Aggregate(row, (changed, mutation) => mutation.Apply(changed)));
            }

            return Count(rows.Count);
        }
    }

    internal sealed record Delete(TableLayout Table, IReadOnlyList<Condition> Where) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
        {
            var rows = Matching(context.Set, Table, Where);
            foreach (var row in rows)
            {
                context.Set.Remove(row);
            }

            return Count(rows.Count);
        }
    }

    /// <param name="Table">Whose rows are looked at.</param>
    /// <param name="Where">Which of them.</param>
    /// <param name="Columns">What is compared of them.</param>
    /// <param name="Equal">Whether they must be the rows given, or must not.</param>
    /// <param name="Rows">The rows given.</param>
    /// <param name="Timeout">In milliseconds; null: for ever.</param>
    /// <param name="Cells">Reads the rows.</param>
    internal sealed record Wait(
        TableLayout Table, IReadOnlyList<Condition> Where, IReadOnlyList<string> Columns, bool Equal, JsonElement[] Rows, long? Timeout, Cells Cells) : Operation
    {
        public bool Holds(WriteSet set)
        {
            var wanted = Rows.Select(row => new Tuple(Columns.Select(column => row.TryGetProperty(column, out var value)
                ? Cells.ReadAny(value, Cells.TypeOf(Table, column), column)
                : Cells.TypeOf(Table, column).Default))).ToHashSet();
            var found = Matching(set, Table, Where).Select(row => new Tuple(Columns.Select(column => Cells.Of(row, column)))).ToHashSet();
            return found.SetEquals(wanted) == Equal;
        }

        public override Action<Utf8JsonWriter> Run(OperationContext context) => Nothing;

        /// <summary>The compared columns of one row.</summary>
        private sealed class Tuple(IEnumerable<Datum> cells) : IEquatable<Tuple>
        {
            private readonly Datum[] _cells = [.. cells];

            public bool Equals(Tuple? other) => other is not null && _cells.AsSpan().SequenceEqual(other._cells);

            public override bool Equals(object? obj) => Equals(obj as Tuple);

            public override int GetHashCode() => _cells.Aggregate(0, HashCode.Combine);
        }
    }

    internal sealed record Commit(bool Durable) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context) => Nothing;
    }

    internal sealed record Abort : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context) => throw new OperationException(new OvsdbError("aborted", "aborted by request"));
    }

    internal sealed record Comment : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context) => Nothing;
    }

    internal sealed record AssertLock(string Lock) : Operation
    {
        public override Action<Utf8JsonWriter> Run(OperationContext context)
            => context.OwnsLock(Lock) ? Nothing : throw new OperationException(new OvsdbError("not owner", $"Asserted lock {Lock} not held."));
    }
}
