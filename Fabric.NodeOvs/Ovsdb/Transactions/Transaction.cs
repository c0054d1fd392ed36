using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>How a transaction ended, or that it waits for the database to change.</summary>
internal sealed record TransactionOutcome(Action<Utf8JsonWriter> Answer, IReadOnlyList<RowChange> Changes, int? WaitMilliseconds, bool MustLast)
{
    /// <summary>It is not over: a wait does not hold yet.</summary>
    public bool Waits => WaitMilliseconds is not null;
}

/// <summary>
/// One transact request: its operations in order, on a view of their own, then the commit (RFC 7047, section 4.1.3 and 5.2). Running it changes
/// nothing; its outcome says what to change.
/// </summary>
internal sealed class Transaction(JsonElement[] operations, Func<Guid> newId, Func<string, bool> ownsLock)
{
    /// <summary>Runs it against the database as it is.</summary>
    /// <param name="database">Not changed.</param>
    /// <param name="waited">How long, in milliseconds, the transaction has been tried: waits of at most that are over.</param>
    public TransactionOutcome Run(Database database, long waited)
    {
        var set = new WriteSet(database);
        var results = new List<Action<Utf8JsonWriter>>();
        OvsdbError? failed = null;
        bool durable = false;
        var names = Names(out var twice);
        var context = new OperationContext(set, new Cells(names), names, newId, ownsLock);
        for (int i = 0; i < operations.Length && failed is null; i++)
        {
            try
            {
                if (twice is not null)
                {
                    throw new OperationException(new OvsdbError("duplicate uuid-name", $"This \"uuid-name\" appeared on an earlier \"insert\" operation: {twice}"));
                }

                var operation = Operation.Read(operations[i], i + 1, operations.Length, context);
                if (operation is Operation.Wait wait && !wait.Holds(set))
                {
                    if (wait.Timeout is not { } limit || waited < limit)
                    {
                        return new TransactionOutcome(_ => { }, [], (int)Math.Min((wait.Timeout ?? int.MaxValue) - waited, int.MaxValue), false);
                    }

                    throw new OperationException(new OvsdbError("timed out", limit == 0 ? "\"where\" clause test failed" : $"\"wait\" timed out after {limit} ms"));
                }

                durable |= operation is Operation.Commit { Durable: true };
                results.Add(operation.Run(context));
            }
            catch (OperationException refused)
            {
                failed = refused.Error;
                results.Add(failed.Write);
            }
        }

        IReadOnlyList<RowChange> changes = [];
        if (failed is null)
        {
            (changes, var error) = set.Settle(newId);
            if (error is not null)
            {
                changes = [];
                results.Add(error.Write);
            }
        }

        return new TransactionOutcome(json => Write(json, results), changes, null, durable);
    }

    /// <summary>The rows to be inserted by their names in this transaction: operations may name them before they come.</summary>
    private Dictionary<string, Guid> Names(out string? twice)
    {
        var names = new Dictionary<string, Guid>(StringComparer.Ordinal);
        twice = null;
        foreach (var operation in operations)
        {
            if (operation.ValueKind == JsonValueKind.Object && operation.TryGetProperty("op", out var op) && op.ValueKind == JsonValueKind.String && op.ValueEquals("insert")
                && operation.TryGetProperty("uuid-name", out var name) && name.ValueKind == JsonValueKind.String
                && !names.TryAdd(name.GetString()!, Given(operation) ?? newId()))
            {
                twice = name.GetString();
            }
        }

        return names;
    }

    internal static Guid? Given(JsonElement insert)
        => insert.TryGetProperty("uuid", out var uuid) && Atom.TryRead(uuid, AtomKind.Uuid, out var atom, out _) && !atom.IsNamed ? atom.Uuid : null;

    private void Write(Utf8JsonWriter json, List<Action<Utf8JsonWriter>> results)
    {
        json.WriteStartArray();
        foreach (var result in results)
        {
            result(json);
        }

        for (int i = results.Count; i < operations.Length; i++)
        {
            json.WriteNullValue(); // not reached
        }

        json.WriteEndArray();
    }
}
