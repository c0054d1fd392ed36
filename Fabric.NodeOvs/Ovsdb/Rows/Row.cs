using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Rows;

/// <summary>A row as it is at one moment; a change makes another.</summary>
internal sealed class Row(TableLayout table, Guid uuid, Guid version, Datum[] cells)
{
    public TableLayout Table => table;

    public Guid Uuid => uuid;

    /// <summary>Another with every change (RFC 7047, section 3.1, <c>_version</c>).</summary>
    public Guid Version => version;

    public Datum this[int place] => cells[place];

    /// <summary>The content of a column that the schema has.</summary>
    public Datum this[string column] => cells[table.PlaceOf(column)];

    public Row With(int place, Datum datum)
    {
        var changed = (Datum[])cells.Clone();
        changed[place] = datum;
        return new Row(table, uuid, version, changed);
    }

    public Row At(Guid newVersion) => new(table, uuid, newVersion, cells);

    public bool HoldsTheSame(Row other)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (!cells[i].Equals(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rows that this one refers to, once for each time.</summary>
    public IEnumerable<(Guid Target, ReferenceKind Kind)> References()
    {
        foreach (int place in table.References)
        {
            var type = table.Columns[place].Type;
            if (type.Key.RefersTo is not null)
            {
                foreach (var key in cells[place].Keys)
                {
                    yield return (key.Uuid, type.Key.Reference);
                }
            }

            if (type.Value?.RefersTo is not null)
            {
                foreach (var value in cells[place].Values)
                {
                    yield return (value.Uuid, type.Value.Reference);
                }
            }
        }
    }
}
