using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Rows;

/// <summary>
/// The rows of a database, with what keeps them consistent: unique indexes and the count of references to each row. It is changed by one
/// writer at a time, through <see cref="Apply"/>, with changes that a <see cref="Transactions.WriteSet"/> found to be allowed.
/// </summary>
internal sealed class Database
{
    private readonly Dictionary<string, Dictionary<Guid, Row>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Table, int Index), Dictionary<IndexKey, Guid>> _indexes = [];
    private readonly Dictionary<Guid, int> _strong = [];
    private readonly Dictionary<Guid, Dictionary<Guid, int>> _weak = []; // target -> who refers to it weakly, and how often

    public Database(DatabaseSchema schema)
    {
        Schema = schema;
        Layouts = schema.Tables.Values.ToDictionary(table => table.Name, table => new TableLayout(table), StringComparer.Ordinal);
        foreach (var layout in Layouts.Values)
        {
            _rows.Add(layout.Name, []);
            for (int i = 0; i < layout.Indexes.Count; i++)
            {
                _indexes.Add((layout.Name, i), []);
            }
        }
    }

    public DatabaseSchema Schema { get; }

    public IReadOnlyDictionary<string, TableLayout> Layouts { get; }

    public IReadOnlyDictionary<Guid, Row> Rows(string table) => _rows[table];

    public Row? Find(TableLayout table, Guid uuid) => _rows[table.Name].GetValueOrDefault(uuid);

    /// <summary>How many strong references rows of this database hold to a row.</summary>
    public int StrongReferences(Guid uuid) => _strong.GetValueOrDefault(uuid);

    /// <summary>The rows that refer weakly to one.</summary>
    public IEnumerable<Guid> WeakReferrers(Guid uuid) => _weak.TryGetValue(uuid, out var referrers) ? referrers.Keys : [];

    /// <summary>The row that holds these values of a unique index.</summary>
    public Guid? Holder(TableLayout table, int index, IndexKey key) => _indexes[(table.Name, index)].TryGetValue(key, out var uuid) ? uuid : null;

    /// <summary>Makes the changes of one transaction.</summary>
    public void Apply(IReadOnlyList<RowChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Before is { } before)
            {
                Forget(before);
            }
        }

        foreach (var change in changes)
        {
            if (change.After is { } after)
            {
                Remember(after);
            }
        }
    }

    private void Forget(Row row)
    {
        _rows[row.Table.Name].Remove(row.Uuid);
        for (int i = 0; i < row.Table.Indexes.Count; i++)
        {
            _indexes[(row.Table.Name, i)].Remove(IndexKey.Of(row, i));
        }

        foreach (var (target, kind) in row.References())
        {
            if (kind == ReferenceKind.Strong)
            {
                Add(_strong, target, -1);
            }
            else if (_weak.TryGetValue(target, out var referrers))
            {
                Add(referrers, row.Uuid, -1);
                if (referrers.Count == 0)
                {
                    _weak.Remove(target);
                }
            }
        }
    }

    private void Remember(Row row)
    {
        _rows[row.Table.Name].Add(row.Uuid, row);
        for (int i = 0; i < row.Table.Indexes.Count; i++)
        {
            _indexes[(row.Table.Name, i)].Add(IndexKey.Of(row, i), row.Uuid);
        }

        foreach (var (target, kind) in row.References())
        {
            if (kind == ReferenceKind.Strong)
            {
                Add(_strong, target, 1);
                continue;
            }

            if (!_weak.TryGetValue(target, out var referrers))
            {
                _weak.Add(target, referrers = []);
            }

            Add(referrers, row.Uuid, 1);
        }
    }

    private static void Add(Dictionary<Guid, int> counts, Guid uuid, int change)
    {
        int count = counts.GetValueOrDefault(uuid) + change;
        if (count == 0)
        {
            counts.Remove(uuid);
        }
        else
        {
            counts[uuid] = count;
        }
    }
}
