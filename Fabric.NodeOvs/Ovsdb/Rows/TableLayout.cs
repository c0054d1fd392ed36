using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Rows;

/// <summary>The columns of a table in the order in which its rows hold them.</summary>
internal sealed class TableLayout
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public TableLayout(TableSchema schema)
    {
        Schema = schema;
        Columns = [.. schema.Columns.Values];
        for (int i = 0; i < Columns.Count; i++)
        {
            _places.Add(Columns[i].Name, i);
        }

        References = [.. Enumerable.Range(0, Columns.Count).Where(i => Refers(Columns[i].Type))];
        Indexes = [.. schema.Indexes.Select(index => index.Select(column => _places[column]).ToArray())];
    }

    public string Name => Schema.Name;

    public TableSchema Schema { get; }

    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>The places of columns that hold references.</summary>
    public IReadOnlyList<int> References { get; }

    /// <summary>The places of the columns of each unique index.</summary>
    public IReadOnlyList<int[]> Indexes { get; }

    /// <summary>Where a column stands; -1: there is none of that name.</summary>
    public int PlaceOf(string column) => _places.GetValueOrDefault(column, -1);

    public Row NewRow(Guid uuid, Guid version) => new(this, uuid, version, [.. Columns.Select(column => column.Type.Default)]);

    private static bool Refers(ColumnType type) => type.Key.RefersTo is not null || type.Value?.RefersTo is not null;
}
