namespace Fabric.NodeOvs.Ovsdb.Rows;

/// <summary>A row before and after a transaction; null before: inserted, null after: gone.</summary>
internal readonly record struct RowChange(Row? Before, Row? After)
{
    public TableLayout Table => (After ?? Before)!.Table;

    public Guid Uuid => (After ?? Before)!.Uuid;
}
