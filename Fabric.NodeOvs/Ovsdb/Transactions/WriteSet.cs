using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>
/// A transaction's view of the database: the rows as its own operations left them. <see cref="Settle"/> then does what a commit does
/// (RFC 7047, section 3.2 on references, section 4.1.3): unreferenced rows go, weak references to what is gone go, and what is left must hold.
/// The work is in proportion to what was changed.
/// </summary>
internal sealed class WriteSet(Database database)
{
    private readonly Dictionary<Guid, (Row? Before, Row? After)> _rows = [];
    private readonly Dictionary<Guid, int> _strong = []; // by how much the strong references to a row changed

    public Database Database => database;

    public Row? Find(TableLayout table, Guid uuid)
        => _rows.TryGetValue(uuid, out var change) ? change.After?.Table == table ? change.After : null : database.Find(table, uuid);

    /// <summary>All rows of a table, as they are for this transaction.</summary>
    public IEnumerable<Row> Rows(TableLayout table)
    {
        foreach (var row in database.Rows(table.Name).Values)
        {
            if (!_rows.TryGetValue(row.Uuid, out var change))
            {
                yield return row;
            }
            else if (change.After is { } after)
            {
                yield return after;
            }
        }

        foreach (var (before, after) in _rows.Values)
        {
            if (before is null && after is not null && after.Table == table)
            {
                yield return after;
            }
        }
    }

    public void Put(Row row) => Set(row.Uuid, row.Table, row);

    public void Remove(Row row) => Set(row.Uuid, row.Table, null);

    /// <summary>What the transaction changes, once it is settled; or why it cannot be.</summary>
    public (IReadOnlyList<RowChange> Changes, OvsdbError? Error) Settle(Func<Guid> newVersion)
    {
        Collect();
        if (Dangling() is { } dangling)
        {
            return ([], dangling);
        }

        if (DropWeak() is { } needed)
        {
            return ([], needed);
        }

        var changes = new List<RowChange>();
        foreach (var (before, after) in _rows.Values)
        {
            if (after is null ? before is not null : before is null || !after.HoldsTheSame(before))
            {
                changes.Add(new RowChange(before, after?.At(newVersion())));
            }
        }

        return Wrong(changes) is { } wrong ? ([], wrong) : (changes, null);
    }

    private void Set(Guid uuid, TableLayout table, Row? after)
    {
        var before = _rows.TryGetValue(uuid, out var known) ? known.Before : database.Find(table, uuid);
        var old = _rows.ContainsKey(uuid) ? known.After : before;
        Count(old, -1);
        Count(after, 1);
        _rows[uuid] = (before, after);
    }

    private void Count(Row? row, int by)
    {
        foreach (var (target, kind) in row?.References() ?? [])
        {
            if (kind == ReferenceKind.Strong)
            {
                _strong[target] = _strong.GetValueOrDefault(target) + by;
            }
        }
    }

    private int StrongReferences(Guid uuid) => database.StrongReferences(uuid) + _strong.GetValueOrDefault(uuid);

    private Row? Current(Guid uuid)
        => _rows.TryGetValue(uuid, out var change) ? change.After
            : database.Layouts.Values.Select(table => database.Find(table, uuid)).FirstOrDefault(row => row is not null);

    /// <summary>Rows outside the root tables that nobody refers to are gone; so are those that only they referred to.</summary>
    private void Collect()
    {
        var suspects = new Queue<Guid>(_rows.Keys.Concat(_strong.Keys).Distinct());
        while (suspects.TryDequeue(out var uuid))
        {
            if (Current(uuid) is { } row && !row.Table.Schema.IsRoot && StrongReferences(uuid) == 0)
            {
                Remove(row);
                foreach (var (target, kind) in row.References())
                {
                    if (kind == ReferenceKind.Strong)
                    {
                        suspects.Enqueue(target);
                    }
                }
            }
        }
    }

    private OvsdbError? Dangling()
    {
        foreach (var (uuid, (before, after)) in _rows)
        {
            if (after is null && before is not null && StrongReferences(uuid) > 0)
            {
                return OvsdbError.Integrity($"cannot delete {before.Table.Name} row {uuid} because of {StrongReferences(uuid)} remaining reference(s)");
            }

            foreach (var (target, kind, table, column) in Strong(after))
            {
                if (kind == ReferenceKind.Strong && (Current(target) is not { } found || found.Table.Name != table))
                {
                    return OvsdbError.Integrity($"Table {after!.Table.Name} column {column} row {uuid} references nonexistent row {target} in table {table}.");
                }
            }
        }

        return null;
    }

    private static IEnumerable<(Guid Target, ReferenceKind Kind, string Table, string Column)> Strong(Row? row)
    {
        foreach (int place in row?.Table.References ?? [])
        {
            var column = row!.Table.Columns[place];
            foreach (var (atoms, type) in new[] { (row[place].Keys, column.Type.Key), (row[place].Values, column.Type.Value!) })
            {
                foreach (var atom in type?.RefersTo is null ? [] : atoms)
                {
                    yield return (atom.Uuid, type!.Reference, type.RefersTo!, column.Name);
                }
            }
        }
    }

    /// <summary>Takes weak references to rows that are gone, or never were, out of the rows that hold them.</summary>
    private OvsdbError? DropWeak()
    {
        var gone = _rows.Where(change => change.Value.After is null).Select(change => change.Key).ToList();
        var holders = gone.SelectMany(database.WeakReferrers).Concat(_rows.Where(change => change.Value.After is not null).Select(change => change.Key)).ToHashSet();
        foreach (var uuid in holders)
        {
            if (Current(uuid) is not { } row)
            {
                continue;
            }

            foreach (int place in row.Table.References)
            {
                var type = row.Table.Columns[place].Type;
                var left = Kept(row[place], type);
                if (left.Count < type.Least)
                {
                    return OvsdbError.Constraint(
                        $"Deletion of {row[place].Count - left.Count} weak reference(s) to deleted (or never-existing) rows from column \"{row.Table.Columns[place].Name}\" in \"{row.Table.Name}\" row {uuid} would violate a minimum of {type.Least}.");
                }

                if (left.Count != row[place].Count)
                {
                    row = row.With(place, left);
                    Put(row);
                }
            }
        }

        return null;
    }

    private Datum Kept(Datum datum, ColumnType type)
    {
        bool weakKey = type.Key.Reference == ReferenceKind.Weak;
        bool weakValue = type.Value?.Reference == ReferenceKind.Weak;
        if ((!weakKey && !weakValue) || datum.Count == 0)
        {
            return datum;
        }

        return type.IsMap
            ? Datum.OfMap(datum.Pairs().Where(pair => (!weakKey || Current(pair.Key.Uuid) is not null) && (!weakValue || Current(pair.Value.Uuid) is not null)))
            : Datum.OfSet(datum.Keys.Where(key => Current(key.Uuid) is not null));
    }

    private OvsdbError? Wrong(List<RowChange> changes)
    {
        foreach (var group in changes.Where(change => change.After is not null).GroupBy(change => change.Table))
        {
            var table = group.Key;
            int rows = database.Rows(table.Name).Count
                + changes.Count(change => change.Table == table && change.Before is null) - changes.Count(change => change.Table == table && change.After is null);
            if (rows > table.Schema.MostRows)
            {
                return OvsdbError.Constraint($"transaction causes \"{table.Name}\" table to contain {rows} rows, greater than the schema-defined limit of {table.Schema.MostRows} row(s)");
            }

            for (int i = 0; i < table.Indexes.Count; i++)
            {
                var seen = new Dictionary<IndexKey, Guid>();
                foreach (var change in group)
                {
                    var key = IndexKey.Of(change.After!, i);
                    var other = seen.TryGetValue(key, out var mine) ? mine : HeldByAnother(table, i, key, change.Uuid);
                    if (other is { } holder)
                    {
                        string columns = string.Join(", ", table.Schema.Indexes[i]);
                        return OvsdbError.Constraint(
                            $"Transaction causes multiple rows in \"{table.Name}\" table to have identical values ({key}) for index on column \"{columns}\".  First row, with UUID {holder}, and second row, with UUID {change.Uuid}, were in it.");
                    }

                    seen.Add(key, change.Uuid);
                }
            }
        }

        return null;
    }

    private Guid? HeldByAnother(TableLayout table, int index, IndexKey key, Guid uuid)
        => database.Holder(table, index, key) is { } holder && holder != uuid && Current(holder) is { } row && IndexKey.Of(row, index).Equals(key) ? holder : null;
}
