using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Rows;

/// <summary>What a row holds in the columns of one unique index.</summary>
internal readonly struct IndexKey(Datum[] cells) : IEquatable<IndexKey>
{
    private readonly Datum[] _cells = cells;

    public static IndexKey Of(Row row, int index) => new([.. row.Table.Indexes[index].Select(place => row[place])]);

    public bool Equals(IndexKey other) => _cells.AsSpan().SequenceEqual(other._cells);

    public override bool Equals(object? obj) => obj is IndexKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var cell in _cells)
        {
            hash.Add(cell);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(", ", _cells.Select(cell => cell.ToString()));
}
